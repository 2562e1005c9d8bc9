"""The page of a round: opening, closing and reopening it, and the points that come and go."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from actions import services
from actions.admin.round_page import STEPS
from actions.models import ActionPoint, ReportingRound, SeenFinding, StatusEntry
from actions.plausibility import findings_of_round
from tests import factories
from tests.actions.test_progress import SO_FAR
from tests.admin.pages import address, change, form_values
from tests.admin.test_forms import NO_RESPONSIBILITIES
from tests.admin.test_work import links, text_of

Stage = ReportingRound.Stage


def page_of(in_round, page):
    return address(in_round, page, in_round.pk)


@pytest.fixture
def as_coordinator(signed_in, coordinator):
    """The browser of a coordinator."""
    return signed_in(coordinator)


@pytest.fixture
def take(as_coordinator):
    """Posts a step of a round; returns what is then said, and the round as it then is."""

    def post(step, in_round):
        page = as_coordinator.post(page_of(in_round, step), follow=True)
        in_round.refresh_from_db()
        return [str(message) for message in page.context["messages"]], in_round

    return post


@pytest.fixture
def prepared(ministry):
    """A round that can be opened: a point with a text of last year, and a new one."""
    point = factories.action_point()
    factories.responsibility(action_point=point, organisation=ministry)
    of_2022 = factories.reporting_round(plan=point.plan, year=2022, stage=Stage.PUBLISHED)
    factories.published_entry(action_point=point, round=of_2022)
    factories.action_point(theme=point.theme)
    return factories.reporting_round(plan=point.plan, year=2023, stage=Stage.PREPARING)


@pytest.fixture
def finished(entry):
    """An open round in which every entry is approved."""
    factories.put_in_stage(entry, **SO_FAR["approved"])
    return entry.round


# --- Opening -------------------------------------------------------------------


def test_the_real_plan_is_opened_with_an_entry_for_each_point(take, coordinator):
    call_command("loaddata", "nap-2022-2026", "round-2024", verbosity=0)
    last_year = ReportingRound.objects.get()
    dates = {"reference_date": date(2025, 10, 1), "deadline": date(2025, 12, 1)}
    prepared = ReportingRound.objects.create(plan=last_year.plan, year=2025, **dates)

    said, opened = take("open", prepared)

    assert said == ["De ronde is open."]
    assert opened.stage == Stage.OPEN
    now = opened.entries.in_order().values_list("action_point", "status", "explanation")
    before = last_year.entries.in_order().values_list("action_point", "status", "explanation")
    assert len(now) == 33
    assert list(now) == list(before)
    assert not opened.entries.filter(is_confirmed=True).exists()
    assert {each.history.get().history_user for each in opened.entries.all()} == {coordinator}


def test_before_opening_is_said_what_will_happen(as_coordinator, prepared):
    said = text_of(as_coordinator.get(page_of(prepared, "open")))

    assert "2 actiepunten staan in 2023 in het actieplan." in said
    assert "1 krijgt de stand van zaken en de tekst van 2022." in said
    assert "1 is nieuw en begint leeg." in said
    assert "Heeft nog geen redacteur: SZW." in said
    assert "1 actiepunt heeft geen organisatie die het invult." in said
    assert prepared.stage == Stage.PREPARING


def test_before_opening_is_said_who_no_longer_exists(as_coordinator, prepared, ministry):
    ministry.last_year = 2022
    ministry.save()

    page = as_coordinator.get(page_of(prepared, "open"))

    assert "Bestaat in 2023 niet meer, maar schrijft nog: SZW." in text_of(page)
    assert links(page, page_of(prepared, "successors"))


def test_looking_ahead_takes_as_many_queries_for_many_points_as_for_few(
    as_coordinator, prepared, django_assert_num_queries
):
    as_coordinator.get(page_of(prepared, "open"))
    for _round in range(2):
        with django_assert_num_queries(11):
            as_coordinator.get(page_of(prepared, "open"))
        point = factories.action_point(theme=prepared.plan.themes.first())
        factories.responsibility(action_point=point)


def test_a_round_that_is_open_already_is_not_opened_again(take, prepared):
    take("open", prepared)
    entries = set(prepared.entries.values_list("pk", flat=True))

    said, _round = take("open", prepared)

    assert said == ["De ronde was al open."]
    assert set(prepared.entries.values_list("pk", flat=True)) == entries


def test_a_round_without_a_deadline_is_not_opened(take, as_coordinator, prepared):
    ReportingRound.objects.filter(pk=prepared.pk).update(deadline=None)

    assert "nap-button" not in as_coordinator.get(page_of(prepared, "open")).content.decode()
    said, still = take("open", prepared)

    assert said == ["Vul eerst de peildatum en de deadline in."]
    assert still.stage == Stage.PREPARING


# --- Closing and reopening -----------------------------------------------------


def test_a_finished_round_is_closed_and_reopened(take, as_coordinator, finished):
    assert links(as_coordinator.get(change(finished)), page_of(finished, "close"))
    assert "Ronde sluiten" in text_of(as_coordinator.get(page_of(finished, "close")))

    said, closed = take("close", finished)
    assert (said, closed.stage) == (["De ronde is gesloten."], Stage.CLOSED)
    assert "Ronde heropenen" in text_of(as_coordinator.get(change(closed)))

    said, reopened = take("reopen", closed)
    assert (said, reopened.stage) == (["De ronde is weer open."], Stage.OPEN)


def test_what_was_done_already_is_said_so(take, finished):
    assert take("reopen", finished)[0] == ["De ronde was al open."]
    take("close", finished)

    assert take("close", finished)[0] == ["De ronde was al gesloten."]


def test_what_stands_in_the_way_of_closing_is_listed(as_coordinator, take, entry, finished):
    waiting = factories.status_entry(round=finished)
    missing = factories.action_point(theme=entry.action_point.theme)

    page = as_coordinator.get(change(finished))

    assert len(page.context["obstacles"]) == 2
    assert links(page, change(waiting))
    assert links(page, change(missing))
    assert not links(page, page_of(finished, "close"))
    said, still = take("close", finished)
    assert said == ["De ronde kan nog niet dicht: 2 actiepunten zijn niet klaar."]
    assert still.is_open


def test_before_closing_is_said_what_looks_odd_and_that_closing_ends_all(
    as_coordinator, coordinator, odd
):
    reporting_round = odd.entry.round
    odd.entry.stage = "approved"
    odd.entry.save()

    assert "1 signaal dat nog niemand als gezien" in text_of(
        as_coordinator.get(change(reporting_round))
    )
    page = as_coordinator.get(page_of(reporting_round, "close"))
    assert page.context["unseen"] == [odd]
    assert "1 signaal dat nog niemand als gezien" in text_of(page)
    assert str(odd.what) in text_of(page)
    assert "Zolang de rapportage niet is gepubliceerd, kunt u" in text_of(page)

    services.mark_finding_seen(finding=odd, reason="Klopt", by=coordinator)
    assert "nog niemand als gezien" not in text_of(
        as_coordinator.get(page_of(reporting_round, "close"))
    )


def test_nobody_is_asked_for_editors_of_a_closed_round(take, as_coordinator, finished):
    assert "Nog geen redacteur" in text_of(as_coordinator.get(change(finished)))

    take("close", finished)

    assert "Nog geen redacteur" not in text_of(as_coordinator.get(change(finished)))


def test_who_adds_a_round_lands_on_its_page(as_coordinator, finished):
    values = {"year": 2023, "plan": finished.plan_id, "reference_date": "", "deadline": ""}

    landed = as_coordinator.post(address(ReportingRound, "add"), values)

    assert landed.url == change(ReportingRound.objects.get(year=2023))


def test_no_update_received_does_not_stand_in_the_way(take, as_coordinator, entry, coordinator):
    factories.status(tone="no_update")
    form = as_coordinator.get(change(entry))
    as_coordinator.post(change(entry), form_values(form, move="no_update"))

    assert take("close", entry.round)[0][-1] == "De ronde is gesloten."


def test_a_closed_round_without_a_deadline_is_not_reopened(take, finished):
    take("close", finished)
    ReportingRound.objects.filter(pk=finished.pk).update(deadline=None)

    assert take("reopen", finished)[0] == ["Vul eerst de peildatum en de deadline in."]


@pytest.mark.parametrize("step", ["open", "close", "reopen"])
def test_a_published_round_is_not_opened_or_closed(step, take):
    published = factories.published_entry().round

    said, still = take(step, published)

    assert len(said) == 1
    assert still.is_published


def test_a_published_report_is_corrected_in_a_closed_round_and_stays_public(take):
    published = factories.published_entry().round

    said, corrected = take("correct", published)

    assert said[-1] == "De rapportage kan nu worden verbeterd."
    assert (corrected.stage, corrected.edition) == (Stage.CLOSED, 1)
    assert corrected.is_correction
    assert corrected.published_entries.count() == 1
    assert list(ReportingRound.objects.published()) == [corrected]
    assert take("correct", corrected)[0][-1] == "De rapportage werd al verbeterd."
    assert take("reopen", corrected)[1].is_open


def test_only_what_is_published_is_corrected(take, finished):
    said, still = take("correct", finished)

    assert "Alleen een gepubliceerde rapportage" in said[-1]
    assert still.stage == finished.stage


@pytest.mark.parametrize("step", STEPS)
def test_to_ask_what_a_step_does_does_nothing(step, as_coordinator, finished):
    stage = STEPS[step].from_stage
    ReportingRound.objects.filter(pk=finished.pk).update(stage=stage, edition=1)

    page = as_coordinator.get(page_of(finished, step))

    assert page.status_code == 200
    assert "nap-button" in page.content.decode()
    finished.refresh_from_db()
    assert finished.stage == stage


def test_a_step_that_is_not_next_leads_to_the_page_of_the_round(as_coordinator, finished):
    assert as_coordinator.get(page_of(finished, "open")).url == change(finished)


def test_what_is_typed_wrongly_in_the_dates_leaves_the_page_whole(as_coordinator, finished):
    values = form_values(as_coordinator.get(change(finished)), deadline="")

    page = as_coordinator.post(change(finished), values)

    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    assert page.context["state"].round.deadline


# --- Who sees it ---------------------------------------------------------------

PAGES = ("open", "close", "reopen", "successors", "findings")


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_the_pages_and_does_nothing(page, signed_in, reader, finished):
    client = signed_in(reader)

    shown = client.get(page_of(finished, page), follow=True)
    assert shown.status_code == 200
    assert not links(shown, page_of(finished, page))
    assert 'method="post" action="/beheer/actions' not in shown.content.decode()
    assert client.post(page_of(finished, page)).status_code == 403


def test_what_was_typed_comes_back_if_the_round_is_published_meanwhile(as_coordinator):
    published = factories.published_entry().round

    page = as_coordinator.post(change(published), {"title": "Een andere titel"})

    assert "is zojuist gepubliceerd" in text_of(page)
    assert 'value="Een andere titel"' in page.content.decode()


def test_who_only_reads_is_not_asked_to_prepare_a_correction(as_coordinator, reader, client):
    published = factories.published_entry().round
    asked = text_of(as_coordinator.get(change(published)))
    client.force_login(reader)

    shown = client.get(change(published))

    assert "Verbetering voorbereiden" in asked
    assert "Verbetering voorbereiden" not in text_of(shown)
    assert links(shown, page_of(published, "correct"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_finds_no_round(page, method, signed_in, editor, finished):
    response = getattr(signed_in(editor), method)(page_of(finished, page))

    assert response.status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_round_that_is_not_there_is_not_found(page, as_coordinator):
    assert as_coordinator.get(address(ReportingRound, page, 404)).status_code == 404


# --- What looks odd ------------------------------------------------------------


@pytest.fixture
def odd(entry):
    """A finding about an entry that somebody has written: it has no text."""
    entry.explanation, entry.is_confirmed = "", True
    entry.save()
    return next(each for each in findings_of_round(entry.round) if each.check == "empty")


def mark(client, finding, **values):
    named = {"entry": finding.entry.pk, "check": finding.check, "evidence": finding.evidence}
    return client.post(
        page_of(finding.entry.round, "findings"), {**named, "reason": "", **values}, follow=True
    )


def test_what_looks_odd_is_listed_with_why(as_coordinator, odd):
    page = as_coordinator.get(change(odd.entry.round))

    assert odd in page.context["unseen"]
    assert str(odd.why) in text_of(page)


def test_a_finding_is_marked_as_seen_with_a_reason(as_coordinator, coordinator, odd):
    page = mark(as_coordinator, odd, reason="Afgesproken met SZW")

    assert [each.seen.reason for each in page.context["seen"]] == ["Afgesproken met SZW"]
    assert SeenFinding.objects.get().by == coordinator


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("", "Leg uit waarom dit zo mag blijven."),
        ("Klopt. " * 150, "niet meer dan 1000 tekens"),
        ("Klopt\x00", "Null"),
    ],
    ids=["empty", "too long", "NUL"],
)
def test_a_reason_that_is_refused_stands_there_to_be_mended(reason, why, as_coordinator, odd):
    page = mark(as_coordinator, odd, reason=reason)

    assert not SeenFinding.objects.exists()
    assert why in text_of(page)
    assert page.context["form"]["reason"].value() == reason
    assert odd.what in text_of(page)


def test_of_a_finding_that_has_gone_the_reason_is_shown_again(as_coordinator, odd):
    page = mark(as_coordinator, odd, evidence="Iets anders", reason="Afgesproken met SZW")

    assert not SeenFinding.objects.exists()
    assert "Dit signaal is er niet meer" in text_of(page)
    assert "Afgesproken met SZW" in text_of(page)


@pytest.mark.parametrize("forged", [{"entry": "x"}, {"check": ""}, {"evidence": "\x00"}])
def test_what_names_no_finding_marks_none(forged, as_coordinator, odd):
    assert mark(as_coordinator, odd, **forged, reason="Klopt").status_code == 200

    assert not SeenFinding.objects.exists()


def test_the_reason_is_shown_again_where_the_round_has_been_published(as_coordinator, odd):
    ReportingRound.objects.filter(pk=odd.entry.round_id).update(stage=Stage.PUBLISHED, edition=1)

    page = mark(as_coordinator, odd, reason="Afgesproken met SZW")

    assert "is gepubliceerd" in text_of(page)
    assert page.context["form"]["reason"].value() == "Afgesproken met SZW"


@pytest.mark.parametrize("reason", ["Afgesproken met SZW", ""])
def test_signing_in_again_brings_back_the_reason(reason, as_coordinator, coordinator, odd):
    as_coordinator.session.flush()
    named = {"person": coordinator.pk, "reason": reason}
    refused = mark(as_coordinator, odd, **named)
    assert refused.redirect_chain[0][0].startswith(reverse("admin:login"))

    page = as_coordinator.post(
        refused.redirect_chain[0][0],
        {"username": coordinator.username, "password": factories.PASSWORD},
        follow=True,
    )

    assert page.context["form"]["reason"].value() == reason
    assert "Uw sessie was" in text_of(page)
    assert not SeenFinding.objects.exists()
    sent = {bound.html_name: bound.value() for bound in page.context["form"]}
    as_coordinator.post(page_of(odd.entry.round, "findings"), {**sent, "reason": "Klopt"})
    assert SeenFinding.objects.get().reason == "Klopt"
    again = as_coordinator.get(page_of(odd.entry.round, "findings"))
    assert again.url.startswith(change(odd.entry.round))


def test_what_nobody_has_begun_on_is_kept_apart(as_coordinator, odd):
    StatusEntry.objects.filter(pk=odd.entry.pk).update(is_confirmed=False)

    page = as_coordinator.get(change(odd.entry.round))

    assert not page.context["unseen"]
    assert odd.title in [each.title for each in page.context["untouched"]]


# --- Points that come and go while a round is open -----------------------------


def save_point(client, point, **values):
    return client.post(change(point), form_values(client.get(change(point)), **values))


def test_a_point_that_is_added_gets_an_entry(as_coordinator, coordinator, entry):
    values = {"theme": entry.action_point.theme_id, "title": "Nieuw", "first_year": 2022}

    as_coordinator.post(address(ActionPoint, "add"), {**values, **NO_RESPONSIBILITIES})

    added = entry.round.entries.get(title="Nieuw")
    assert added.history.get().history_user == coordinator


def test_a_point_of_a_later_year_gets_none(as_coordinator, entry):
    values = {"theme": entry.action_point.theme_id, "title": "Nieuw", "first_year": 2023}

    as_coordinator.post(address(ActionPoint, "add"), {**values, **NO_RESPONSIBILITIES})

    assert ActionPoint.objects.filter(title="Nieuw").exists()
    assert entry.round.entries.count() == 1


def test_the_entry_of_a_point_that_is_ended_goes(as_coordinator, finished):
    point = factories.action_point(theme=finished.plan.themes.first())
    save_point(as_coordinator, point, title="Met jaarlijkse stand")
    assert finished.entries.filter(action_point=point).exists()

    assert save_point(as_coordinator, point, first_year=2023).status_code == 302

    assert not finished.entries.filter(action_point=point).exists()


@pytest.mark.parametrize("name", ["first_year", "last_year"])
def test_a_point_that_somebody_has_worked_on_is_not_ended_unsaid(name, as_coordinator, ministry):
    point = factories.action_point(first_year=2022)
    in_round = factories.reporting_round(plan=point.plan, year=2023)
    entry = factories.status_entry(action_point=point, round=in_round, **SO_FAR["draft"])
    wrong = {"first_year": 2024, "last_year": 2022}[name]

    page = save_point(as_coordinator, point, **{name: wrong, "title": "Getypt"})

    [error] = page.context["adminform"].form.errors[name]
    assert "is in de ronde van 2023 al gewerkt" in error
    assert page.context["adminform"].form["title"].value() == "Getypt"
    point.refresh_from_db()
    assert (point.first_year, point.last_year) == (2022, None)
    assert StatusEntry.objects.filter(pk=entry.pk).exists()


def test_a_point_ends_with_the_year_of_the_round(as_coordinator, entry):
    StatusEntry.objects.filter(pk=entry.pk).update(is_confirmed=True)

    assert save_point(as_coordinator, entry.action_point, last_year=2022).status_code == 302

    assert StatusEntry.objects.filter(pk=entry.pk).exists()
