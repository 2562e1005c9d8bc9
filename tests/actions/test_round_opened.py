"""What editors are told when a round is opened."""

from datetime import date

import pytest

from actions import services
from actions.models import ReportingRound
from tests import factories
from tests.actions.mailing import html, names, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_round(carried_forward, people, django_capture_on_commit_callbacks):
    """Opens the round after that of the carried_forward."""

    def open_it():
        of_2023 = ReportingRound.objects.filter(pk=carried_forward.round_id)
        of_2023.update(stage="published", edition=1)
        factories.put_in_stage(carried_forward, "approved")
        reporting_round = factories.reporting_round(
            plan=carried_forward.round.plan,
            year=2024,
            stage="preparing",
            reference_date=date(2024, 10, 1),
            deadline=date(2200, 12, 1),
        )
        with django_capture_on_commit_callbacks(execute=True):
            services.open_round(reporting_round=reporting_round, by=people["anna"])
        return reporting_round

    return open_it


def test_each_editor_with_something_to_write_hears_that_the_round_is_open(
    open_round, carried_forward, ministry, people, mailoutbox
):
    add_point("Veilig werk", carried_forward, ministry)

    reporting_round = open_round()

    assert names(mailoutbox) == {"jan", "zus", "elders"}
    mail = to(people["jan"], mailoutbox)
    assert mail.subject == "Rapportageronde 2024 is open: 2 actiepunten wachten op u"
    for text in ("Peildatum: dinsdag 1 oktober 2024", "Deadline: maandag 1 december 2200 (nog "):
        assert text in mail.body
    for each in reporting_round.entries.all():
        assert f"https://nap.example/beheer/actions/statusentry/{each.pk}/change/" in mail.body
        assert f"{each.number} {each.title}</a>" in html(mail)
    assert "De teksten van de vorige ronde zijn alvast overgenomen." in mail.body
    assert "https://nap.example/beheer/\n" in mail.body


def test_who_has_only_new_points_reads_nothing_of_texts_carried_forward(
    open_round, carried_forward, people, mailoutbox
):
    add_point("Veilig werk", carried_forward, people["vreemd"].memberships.get().organisation)

    open_round()

    mail = to(people["vreemd"], mailoutbox)
    assert "Veilig werk" in mail.body
    assert "overgenomen" not in mail.body.lower()


def add_point(title, of_entry, organisation):
    """A new point of the plan, that the organisation writes."""
    point = factories.action_point(theme=of_entry.action_point.theme, title=title, first_year=2024)
    factories.responsibility(action_point=point, organisation=organisation)
