"""A correction that was not needed is withdrawn: the round stands as published again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from actions import services as round_services
from actions.life import life_of
from actions.models import EntryTransition, ReportingRound
from actions.plausibility import findings_of_round
from actions.services import Content, Refused
from reports import services
from reports.build import build
from reports.models import Edition
from tests import factories
from tests.admin.pages import address, change, form_values
from tests.reports.publishing import closed_round, publish

pytestmark = pytest.mark.django_db

Stage = ReportingRound.Stage
BACK = "zoals het is gepubliceerd"


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def in_round(coordinator):
    """A published round of two points that is open for a correction."""
    in_round = closed_round()
    factories.status_entry(round=in_round, stage="approved", explanation="<p>Een tweede.</p>")
    publish(in_round, coordinator)
    round_services.correct_round(reporting_round=in_round, by=coordinator)
    round_services.reopen_round(reporting_round=in_round, by=coordinator)
    in_round.refresh_from_db()
    return in_round


def withdraw(in_round, by):
    is_done = services.withdraw_correction(reporting_round=in_round, by=by)
    in_round.refresh_from_db()
    return is_done


def move(entry, name, by, **values):
    entry.refresh_from_db()
    return round_services.move_entry(entry=entry, version=entry.version, move=name, by=by, **values)


def write(entry, explanation, by):
    entry.refresh_from_db()
    content = Content(entry.status, explanation)
    round_services.save_entry(entry=entry, version=entry.version, content=content, by=by)


def public(in_round):
    return list(in_round.published_entries.order_by("pk").values())


# --- When nothing differs --------------------------------------------------------


def test_round_stands_as_published_without_a_new_edition(in_round, coordinator):
    before = public(in_round)

    assert withdraw(in_round, coordinator)

    assert (in_round.stage, in_round.edition) == (Stage.PUBLISHED, 1)
    assert Edition.objects.count() == 1
    assert public(in_round) == before
    record = in_round.history.first()
    assert (record.stage, record.history_user) == ("published", coordinator)


def test_correction_is_withdrawn_before_the_round_is_reopened_too(in_round, coordinator):
    round_services.close_round(reporting_round=in_round, by=coordinator)

    assert withdraw(in_round, coordinator)
    assert in_round.is_published


def test_entries_are_approved_again_wherever_the_correction_had_brought_them(in_round, coordinator):
    returned, resubmitted = in_round.entries.in_order()
    move(returned, "return", coordinator, remark="Klopt de datum?")
    move(resubmitted, "return", coordinator, remark="Klopt het jaar?")
    explanation = resubmitted.explanation
    write(resubmitted, "<p>Toch anders.</p>", coordinator)
    write(resubmitted, explanation, coordinator)
    move(resubmitted, "submit", coordinator)

    assert withdraw(in_round, coordinator)

    assert {entry.stage for entry in in_round.entries.all()} == {"approved"}
    for entry, stage in ((returned, "returned"), (resubmitted, "submitted")):
        last = EntryTransition.objects.filter(entry=entry).first()
        assert (last.by, last.from_stage, last.to_stage) == (coordinator, stage, "approved")


def test_history_of_an_entry_says_that_the_correction_was_withdrawn(in_round, coordinator):
    """And not what the moves between those stages would say, such as that nothing was received."""
    entry, untouched = in_round.entries.in_order()
    move(entry, "return", coordinator, remark="Klopt de datum?")

    withdraw(in_round, coordinator)

    year = life_of(in_round.entries.get(pk=entry.pk), seen_by=coordinator)[0]
    assert [event.said for event in year.events[:2]] == [
        "Verbetering ingetrokken",
        "Teruggestuurd",
    ]
    assert year.events[0].stages == ("teruggestuurd", "goedgekeurd")
    assert year.events[0].reason == ""
    assert not EntryTransition.objects.filter(entry=untouched).exists()


def test_withdrawing_twice_changes_nothing_more(in_round, coordinator, everything):
    withdraw(in_round, coordinator)
    before = everything()

    assert not withdraw(in_round, coordinator)
    assert everything() == before


def test_what_follows_from_elsewhere_does_not_stand_in_the_way(in_round, coordinator):
    """A publisher, an order or the report of the year before is not this report's to put back."""
    in_round.plan.publisher = "Een ander ministerie"
    in_round.plan.save()
    status = in_round.entries.first().status
    status.position += 1
    status.save()
    before = factories.reporting_round(plan=in_round.plan, year=in_round.year - 1)
    factories.publish(before)

    assert withdraw(in_round, coordinator)


def test_references_that_were_not_recognised_at_publication_do_not_stand_in_the_way(
    coordinator, monkeypatch
):
    in_round = closed_round()
    text = in_round.report_texts.get()
    text.body = "<p>Zie Kamerstuk 26 485, nr. 430.</p>"
    text.save()
    with monkeypatch.context() as earlier:
        earlier.setattr("reports.build.link_references", lambda text: text)
        publish(in_round, coordinator)
    round_services.correct_round(reporting_round=in_round, by=coordinator)

    assert withdraw(in_round, coordinator)


def test_a_round_that_was_published_without_dates_needs_none_emptied(client, coordinator):
    """It was read in. To reopen it takes dates, and an open round cannot be without."""
    in_round = closed_round(reference_date=None, deadline=None)
    publish(in_round, coordinator)
    client.force_login(coordinator)
    client.post(address(in_round, "correct", in_round.pk))
    form = client.get(change(in_round))
    dates = {"reference_date": "2024-10-01", "deadline": "2024-12-01"}
    client.post(change(in_round), form_values(form, **dates))
    client.post(address(in_round, "reopen", in_round.pk))
    in_round.refresh_from_db()
    assert in_round.is_open
    page = address(in_round, "withdraw", in_round.pk)
    told = _("Its reference date is then cleared: the report was published without one.")

    assert told in client.get(page).content.decode()
    client.post(page)

    in_round.refresh_from_db()
    assert in_round.is_published
    assert (in_round.reference_date, in_round.published_reference_date) == (None, None)
    assert build(in_round).reference_date is None


def test_correction_can_be_begun_again(in_round, coordinator):
    withdraw(in_round, coordinator)

    assert round_services.correct_round(reporting_round=in_round, by=coordinator)
    entry = in_round.entries.first()
    round_services.reopen_round(reporting_round=in_round, by=coordinator)
    write(entry, "<p>Verbeterd.</p>", coordinator)
    round_services.close_round(reporting_round=in_round, by=coordinator)
    in_round.refresh_from_db()
    for finding in findings_of_round(in_round):
        round_services.mark_finding_seen(finding=finding, reason="Zo is het.", by=coordinator)
    assert publish(in_round, coordinator, note="Een toelichting is verbeterd.").number == 2


# --- When something does ---------------------------------------------------------


def rewrite(in_round, by):
    write(in_round.entries.in_order()[1], "<p>Anders.</p>", by)


def take_status(in_round, _by):
    in_round.entries.filter(action_point__number="1.1.1").update(status=factories.status())


def empty_entry(in_round, _by):
    """Of which the stage cannot become approved at all."""
    entry = in_round.entries.get(action_point__number="1.1.1")
    factories.put_in_stage(entry, "draft", status=None)


def add_point(in_round, _by):
    factories.status_entry(
        round=in_round,
        action_point=factories.action_point(theme=in_round.plan.themes.first()),
    )


def drop_entry(in_round, _by):
    in_round.entries.in_order()[1].delete()


def move_dates(in_round, _by):
    in_round.entries.filter(action_point__number="1.1.1").update(end_date="2024-01-01")


def retitle(in_round, _by):
    ReportingRound.objects.update(title="Anders")


def redate(in_round, _by):
    date = in_round.reference_date + timedelta(days=1)
    ReportingRound.objects.update(reference_date=date)


def reword_text(in_round, _by):
    in_round.report_texts.update(body="<p>Anders.</p>")


def add_text(in_round, _by):
    factories.report_text(round=in_round, position=2, title="Samenvatting")


def describe_pillar(in_round, _by):
    pillar = in_round.plan.pillars.first()
    factories.report_text(round=in_round, pillar=pillar, title=pillar.title)


DIFFERENT = {
    rewrite: "actiepunt 2.1.1",
    take_status: "actiepunt 1.1.1",
    empty_entry: "actiepunt 1.1.1",
    add_point: "actiepunt 1.1.2",
    drop_entry: "actiepunt 2.1.1",
    move_dates: "actiepunt 1.1.1",
    retitle: "de titel",
    redate: "de peildatum",
    reword_text: "de tekst “Inleiding”",
    add_text: "de tekst “Samenvatting”",
    describe_pillar: "de tekst over pijler 1",
}


@pytest.mark.parametrize("make_other", DIFFERENT, ids=lambda each: each.__name__)
def test_what_differs_is_named_and_nothing_is_withdrawn(
    in_round, coordinator, everything, make_other
):
    make_other(in_round, coordinator)
    before = everything()

    with pytest.raises(Refused) as refused:
        withdraw(in_round, coordinator)

    assert str(refused.value).startswith(
        f"In editie 1 staat iets anders: {DIFFERENT[make_other]}. "
    )
    assert BACK in str(refused.value)
    assert everything() == before


def test_everything_that_differs_is_named_at_once(in_round, coordinator):
    for make_other in (rewrite, take_status, retitle):
        make_other(in_round, coordinator)

    with pytest.raises(Refused, match=r"actiepunten 1\.1\.1, 2\.1\.1 en de titel"):
        withdraw(in_round, coordinator)


def test_what_is_put_back_no_longer_stands_in_the_way(in_round, coordinator):
    entry = in_round.entries.in_order()[1]
    before = entry.explanation
    rewrite(in_round, coordinator)
    write(entry, before, coordinator)

    assert withdraw(in_round, coordinator)


@pytest.mark.parametrize("stage", ["preparing", "open", "closed"])
def test_round_that_was_never_published_has_no_correction(coordinator, stage):
    in_round = closed_round(stage=stage)

    with pytest.raises(Refused, match=str(in_round.year)):
        withdraw(in_round, coordinator)

    in_round.refresh_from_db()
    assert in_round.stage == stage


# --- The page --------------------------------------------------------------------


@pytest.fixture
def page(in_round):
    return address(in_round, "withdraw", in_round.pk)


@pytest.fixture
def as_coordinator(client, coordinator):
    client.force_login(coordinator)
    return client


def said_on(response):
    return [str(message) for message in response.context["messages"]]


def test_page_of_the_round_leads_to_withdrawing_and_one_click_does_it(
    as_coordinator, in_round, page
):
    assert f'href="{page}"' in as_coordinator.get(change(in_round)).content.decode()
    assert 'type="submit"' in as_coordinator.get(page).content.decode()
    in_round.refresh_from_db()
    assert in_round.is_open

    answer = as_coordinator.post(page, follow=True)

    in_round.refresh_from_db()
    assert in_round.is_published
    assert said_on(answer) == ["De verbetering is ingetrokken: de rapportage is gepubliceerd."]
    assert f'href="{page}"' not in answer.content.decode()
    assert said_on(as_coordinator.post(page, follow=True)) == ["De rapportage was al gepubliceerd."]
    assert as_coordinator.get(page).url == change(in_round)


def test_page_says_what_differs_and_offers_nothing(as_coordinator, in_round, coordinator, page):
    rewrite(in_round, coordinator)

    html = as_coordinator.get(page).content.decode()
    said = said_on(as_coordinator.post(page, follow=True))

    assert "actiepunt 2.1.1" in html
    assert '<form method="post" class="nap-actions">' not in html
    assert "actiepunt 2.1.1" in said[0]
    in_round.refresh_from_db()
    assert in_round.is_open


def test_reader_sees_what_differs_and_withdraws_nothing(client, in_round, page):
    client.force_login(factories.reader())

    html = client.get(page).content.decode()

    assert "nap-button--main" not in html
    assert client.post(page).status_code == 403
    assert f'href="{page}"' not in client.get(change(in_round)).content.decode()


@pytest.mark.parametrize("person", ["editor", "visitor", "reader"])
def test_only_a_coordinator_withdraws(in_round, person):
    made = {
        "editor": lambda: factories.editor(member_of=factories.organisation()),
        "visitor": factories.visitor,
        "reader": factories.reader,
    }[person]()

    with pytest.raises(PermissionDenied):
        withdraw(in_round, made)
