"""The overview of a plan: its figures as picture and table, and the ways in."""

from datetime import date

import pytest

from actions.figures import stand_of
from actions.models import PublishedEntry, ReportingRound, Status, StatusEntry
from actions.plausibility import findings_of_round
from tests import factories
from tests.public.conftest import publish_again


def figures(page):
    """The table of figures: a row of texts per line."""
    table = page.one("table", class_="stand__table")
    rows = page.all("tr", within=table)
    return [[each.text for each in page.elements if each.parents[-1:] == [row]] for row in rows]


def test_figures_count_points_by_status_and_pillar(get, nap):
    assert figures(get("/en/nap/")) == [
        ["State of play", "Pillar 1", "Pillar 2", "Total"],
        ["Voltooid", "2", "0", "2"],
        ["Vertraagd", "1", "1", "2"],
        ["Total", "3", "1", "4"],
    ]


def test_every_number_leads_to_the_points_counted(get, nap):
    page = get("/nap/")
    links = page.all("a", class_="stand__link")
    assert len(links) == 8
    for link in links:
        found = get(link["href"])
        assert len(found.all("td", class_="points__number")) == int(link.text)
        assert not found.all(class_="notice--attention")


def pictures(page):
    return page.all("li", class_="chart__row")


def said(page, picture):
    """What a picture says in words, for who does not see it."""
    [drawn] = page.all("svg", class_="chart__bars", within=picture)
    assert drawn["aria-hidden"] == "true"
    return "".join(
        each.text for each in page.all("span", within=picture) if each.parents[-1] is picture
    )


def test_point_without_status_is_counted(get, nap):
    for entry in nap.points[0].entries.all():
        factories.put_in_stage(entry, "draft", status=None)
    publish_again(nap)
    page = get("/en/nap/")
    assert figures(page) == [
        ["State of play", "Pillar 1", "Pillar 2", "Total"],
        ["Voltooid", "1", "0", "1"],
        ["Vertraagd", "1", "1", "2"],
        ["No state of play", "1", "0", "1"],
        ["Total", "3", "1", "4"],
    ]
    for link in page.all("a", class_="stand__link"):
        assert len(get(link["href"]).all("td", class_="points__number")) == int(link.text)
    assert "1 No state of play" in pictures(page)[0].text


def test_picture_says_the_same_as_the_table(get, nap):
    page = get("/en/nap/")
    assert [said(page, each) for each in pictures(page)] == [
        "1 Beschermen: 2 Voltooid, 1 Vertraagd",
        "2 Respecteren: 1 Vertraagd",
    ]
    bars = page.all("rect", within=pictures(page)[0])
    assert [each["width"] for each in bars] == ["66.667%", "33.333%"]
    assert [each["x"] for each in bars] == ["0.000%", "66.667%"]


def test_picture_leaves_out_what_there_is_nothing_of(get, nap):
    nap.points[1].entries.update(status=nap.done)
    publish_again(nap)
    page = get("/en/nap/")
    assert said(page, pictures(page)[0]) == "1 Beschermen: 3 Voltooid"


def test_figures_are_of_the_latest_published_year(get, nap):
    of_2024 = factories.reporting_round(plan=nap.plan, year=2024)
    for point in nap.points[1:]:
        factories.status_entry(action_point=point, round=of_2024, status=nap.done)
    assert figures(get("/en/nap/"))[1][-1] == "2"
    factories.publish(of_2024)
    assert figures(get("/en/nap/"))[1][-1] == "3"


def test_real_figures_are_those_of_the_report(real):
    stand = stand_of(ReportingRound.objects.get())
    assert [(line.status.label, line.total) for line in stand.statuses if line.total > 2] == [
        ("Voltooid", 6),
        ("In uitvoering volgens planning", 9),
        ("Doorlopend", 11),
        ("In uitvoering maar met vertraging", 3),
    ]
    assert [of_pillar.total for of_pillar in stand.pillars] == [16, 6, 11]
    assert stand.total == 33


def test_overview_leads_to_report_themes_organisations_and_other_plans(get, nap):
    factories.reporting_round(
        plan=factories.plan(slug="nap-2014", start_year=2014, end_year=2021), stage="published"
    )
    factories.plan(slug="straks")
    links = set(get("/nap/").links)
    assert {
        "/nap/rapportages/2023/",
        "/nap/themas/arbeid/",
        "/nap/themas/inkoop/",
        "/nap/themas/zorgvuldigheid/",
        "/nap/organisaties/BZ/",
        "/nap/organisaties/EZ/",
        "/nap-2014/",
    } <= links
    assert "/straks/" not in links
    assert "/nap/organisaties/EZK/" not in links


@pytest.mark.parametrize("others", [0, 12])
def test_no_more_than_ten_other_plans_are_listed(get, nap, others):
    for at in range(others):
        factories.reporting_round(plan=factories.plan(slug=f"ander-{at}"), stage="published")
    listed = [each for each in get("/nap/").links if each.startswith("/ander-")]
    assert len(listed) == min(others, 10)


def test_overview_of_a_published_round_without_entries_is_there(get, db):
    factories.publish(factories.reporting_round(plan=factories.plan(slug="leeg")))
    for address in (
        "/leeg/",
        "/leeg/actiepunten/",
        "/leeg/rapportages/2022/",
        "/leeg/rapportages/",
    ):
        assert get(address).one("h1").text


# --- What changed, and what needs attention ---------------------------------------


def points_under(page, anchor):
    """The numbers of the points that a section of the overview lists."""
    section = page.one("section", aria_labelledby=anchor)
    return page.texts("span", within=section, class_="moves__number")


def test_points_with_another_state_of_play_are_listed_with_both(get, nap):
    entry = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.2.1")
    before = StatusEntry.objects.get(round=nap.rounds[2022], action_point__number="1.2.1").status
    StatusEntry.objects.filter(round=nap.rounds[2023]).update(status=before)
    StatusEntry.objects.filter(round=nap.rounds[2022]).update(status=before)
    entry.status = factories.status(label="In consultatie")
    entry.save()
    publish_again(nap)

    page = get("/nap/")

    assert points_under(page, "veranderd") == ["1.2.1"]
    section = page.one("section", aria_labelledby="veranderd")
    assert f"was: {before.label} → en is nu: In consultatie" in section.text
    assert "/nap/vergelijk/2022-2023/" in page.links


def test_nothing_changed_is_said_so(get, nap):
    StatusEntry.objects.update(status=nap.done)
    publish_again(nap)

    section = get("/nap/").one("section", aria_labelledby="veranderd")

    assert "Geen enkel actiepunt heeft een andere stand van zaken, en er is" in section.text


def test_points_that_came_and_left_are_listed_among_what_changed(get, nap):
    first, second, *_ = nap.points
    StatusEntry.objects.filter(round=nap.rounds[2022], action_point=first).delete()
    StatusEntry.objects.filter(round=nap.rounds[2023], action_point=second).delete()
    publish_again(nap)

    page = get("/nap/")

    listed = page.texts("li", within=page.one("section", aria_labelledby="veranderd"))
    assert next(each for each in listed if each.startswith(first.number)).endswith(
        "Nieuw in de rapportage: Voltooid"
    )
    assert next(each for each in listed if each.startswith(second.number)).endswith(
        "Niet meer in de rapportage"
    )


def test_of_a_first_year_nothing_is_said_of_changes(get, db):
    entry = factories.published_entry(round=factories.reporting_round(stage="published"))
    factories.publish(entry.round)

    assert not get("/").all("section", aria_labelledby="veranderd")


def test_delayed_and_overdue_points_are_listed_as_what_needs_attention(get, nap):
    late, overdue, done, in_time = [
        StatusEntry.objects.get(round=nap.rounds[2023], action_point=point) for point in nap.points
    ]
    going = factories.status(label="Loopt", tone=Status.Tone.ONGOING)
    for entry, status, end in [
        (late, nap.late, None),
        (overdue, going, date(2023, 6, 30)),
        (done, nap.done, date(2023, 6, 30)),
        (in_time, going, date(2024, 6, 30)),
    ]:
        entry.status, entry.end_date = status, end
        entry.save()
    publish_again(nap)

    page = get("/nap/")

    assert points_under(page, "aandacht") == [late.number, overdue.number]
    assert "tot en met 30 juni 2023" in page.one("section", aria_labelledby="aandacht").text


def test_what_needs_attention_is_what_the_checks_of_the_round_call_late(real):
    """The rule is SQL on the overview and Python in the checks: both find the same points."""
    real_round = ReportingRound.objects.get()
    found = [each.entry.pk for each in findings_of_round(real_round) if each.check == "overdue"]
    late = real_round.entries.filter(status__tone=Status.Tone.NEEDS_ATTENTION)

    shown = PublishedEntry.objects.for_round(real_round).needing_attention(on=real_round.as_of)

    assert found
    assert {each.action_point_id for each in shown} == {
        *real_round.entries.filter(pk__in=found).values_list("action_point", flat=True),
        *late.values_list("action_point", flat=True),
    }


def test_files_of_the_latest_report_are_there(get, nap):
    links = get("/nap/").links

    assert "/nap/rapportages/2023/voortgangsrapportage-2023.pdf" in links
    assert not [each for each in links if "voortgangsrapportage-2022" in each]
