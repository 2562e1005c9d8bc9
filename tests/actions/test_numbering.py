"""The number of an action point: pillar, theme, sequence. Given once."""

import pytest
from django.core.exceptions import ValidationError

from actions.models import ActionPoint, StatusEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme():
    """The third theme of the second pillar."""
    plan = factories.plan()
    factories.pillar(plan=plan, number=1)
    return factories.theme(pillar=factories.pillar(plan=plan, number=2), position=3)


def numbers(rows):
    return [row.number for row in rows]


def test_a_point_is_numbered_by_pillar_theme_and_sequence(theme):
    points = [factories.action_point(theme=theme) for _ in range(3)]

    assert numbers(points) == ["2.3.1", "2.3.2", "2.3.3"]
    assert {point.plan for point in points} == {theme.plan}


def test_each_theme_counts_on_its_own(theme):
    factories.action_point(theme=theme)
    other = factories.theme(pillar=theme.pillar, position=4)

    assert factories.action_point(theme=other).number == "2.4.1"


def test_a_point_may_bring_its_sequence_and_the_next_one_follows_it(theme):
    given = factories.action_point(theme=theme, sequence=5)

    following = factories.action_point(theme=theme)

    assert numbers([given, following]) == ["2.3.5", "2.3.6"]


def test_the_number_of_a_deleted_point_is_not_given_again_while_a_higher_one_stands(theme):
    first = factories.action_point(theme=theme)
    factories.action_point(theme=theme)

    first.delete()

    assert factories.action_point(theme=theme).number == "2.3.3"


def test_a_point_keeps_its_number_when_it_is_saved_again_or_its_theme_moves(theme):
    point = factories.action_point(theme=theme)
    theme.position = 7
    theme.save()

    point = ActionPoint.objects.get(pk=point.pk)
    point.title = "Andere titel"
    point.full_clean()
    point.save()

    point.refresh_from_db()
    assert point.number == "2.3.1"


def test_a_new_point_shows_its_number_when_it_is_cleaned(theme):
    point = ActionPoint(theme=theme, title="Punt", first_year=2022)

    point.full_clean()

    assert point.number == "2.3.1"


def test_a_point_does_not_move_to_another_plan(theme):
    point = factories.action_point()

    point.theme = theme
    with pytest.raises(ValidationError) as refusal:
        point.full_clean()

    assert list(refusal.value.message_dict) == ["theme"]


def test_the_tenth_point_sorts_after_the_ninth(theme):
    for sequence in (10, 9, 1):
        factories.action_point(theme=theme, sequence=sequence)
    tenth_theme = factories.theme(pillar=theme.pillar, position=10)
    factories.action_point(theme=tenth_theme)

    in_order = ["2.3.1", "2.3.9", "2.3.10", "2.10.1"]
    assert numbers(ActionPoint.objects.in_order()) == in_order
    assert numbers(ActionPoint.objects.all()) == in_order


def test_entries_stand_in_the_order_of_the_plan(theme):
    in_round = factories.reporting_round(plan=theme.plan)
    early_pillar = factories.theme(pillar=theme.plan.pillars.get(number=1))
    for point in (
        factories.action_point(theme=theme, sequence=10),
        factories.action_point(theme=theme, sequence=9),
        factories.action_point(theme=early_pillar),
    ):
        factories.status_entry(action_point=point, round=in_round)

    assert numbers(StatusEntry.objects.in_order()) == ["1.1.1", "2.3.9", "2.3.10"]
    assert numbers(StatusEntry.objects.for_report()) == ["1.1.1", "2.3.9", "2.3.10"]
