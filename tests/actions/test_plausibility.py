"""What the checks find odd about an entry, and what they leave alone."""

from copy import copy
from datetime import date

import pytest
from django.utils import translation

from actions import services
from actions.models import ReportingRound, Status, Succession
from actions.plausibility import findings_of_entry, findings_of_round
from tests import factories

pytestmark = pytest.mark.django_db

Tone = Status.Tone
WORDS = (
    "Het ministerie voert overleg met bedrijven en vakbonden over zorgvuldig inkopen in de keten"
)


@pytest.fixture
def plan():
    return factories.plan(start_year=2022, end_year=2026)


@pytest.fixture
def round_2024(plan):
    return factories.reporting_round(plan=plan, year=2024, reference_date=date(2024, 10, 1))


@pytest.fixture
def add(plan, round_2024):
    """Adds an entry of a point of its own to the round of 2024, and to that of 2023 if asked to."""

    def added(text=WORDS, *, tone=Tone.ONGOING, before=None, tone_before=Tone.ONGOING, **point):
        theme = plan.themes.first() or factories.theme(pillar=factories.pillar(plan=plan))
        action_point = factories.action_point(theme=theme, **point)
        if before is not None:
            year_2023 = plan.rounds.filter(year=2023).first() or factories.reporting_round(
                plan=plan, year=2023, stage=ReportingRound.Stage.PUBLISHED
            )
            factories.status_entry(
                action_point=action_point,
                round=year_2023,
                status=factories.status(tone=tone_before),
                explanation=before,
            )
        return factories.status_entry(
            action_point=action_point,
            round=round_2024,
            status=factories.status(tone=tone),
            explanation=text,
        )

    return added


def checks(entry):
    return [finding.check for finding in findings_of_entry(entry)]


def evidence(entry, check):
    return [each.evidence for each in findings_of_entry(entry) if each.check == check]


def test_nothing_is_found_about_a_plain_entry(add):
    assert findings_of_entry(add()) == []


# --- The end of the timeline -----------------------------------------------------


@pytest.mark.parametrize(
    ("end", "is_found"),
    [
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 2), False),
        (None, False),
    ],
)
def test_the_end_has_passed_on_the_day_after_it(add, end, is_found):
    entry = add(end_date=end)

    assert ("overdue" in checks(entry)) == is_found


@pytest.mark.parametrize(
    ("end", "is_found"), [(date(2024, 12, 30), True), (date(2024, 12, 31), False)]
)
def test_without_a_reference_date_the_last_day_of_the_year_counts(add, round_2024, end, is_found):
    round_2024.reference_date, round_2024.stage = None, ReportingRound.Stage.CLOSED
    round_2024.save()

    assert ("overdue" in checks(add(end_date=end))) == is_found


@pytest.mark.parametrize("tone", Tone)
def test_only_what_is_completed_or_delayed_may_be_past_its_end(add, tone):
    entry = add(tone=tone, end_date=date(2023, 12, 31))

    assert ("overdue" in checks(entry)) == (tone not in (Tone.DONE, Tone.NEEDS_ATTENTION))


def test_a_finding_gives_the_date_in_the_language_of_the_reader(add):
    (finding,) = findings_of_entry(add(end_date=date(2023, 12, 31)))
    with translation.override("en"):
        (in_english,) = findings_of_entry(finding.entry)

    assert "31 december 2023" in finding.what
    assert in_english.title == "The end date has passed"
    assert in_english.evidence == finding.evidence


# --- From one year to the next ---------------------------------------------------


@pytest.mark.parametrize("tone", Tone)
def test_what_was_completed_is_expected_to_be_still(add, tone):
    entry = add(tone=tone, before="Anders", tone_before=Tone.DONE)

    assert ("no_longer_completed" in checks(entry)) == (tone != Tone.DONE)


@pytest.mark.parametrize(
    ("text", "is_found"), [(WORDS, True), (f"{WORDS}.", True), ("De wet is ingediend.", False)]
)
def test_a_delay_that_is_gone_is_expected_to_be_explained(add, text, is_found):
    entry = add(text, tone=Tone.ON_SCHEDULE, before=WORDS, tone_before=Tone.NEEDS_ATTENTION)

    assert ("delay_gone" in checks(entry)) == is_found


def test_only_a_delay_can_be_gone(add):
    entry = add(tone=Tone.ON_SCHEDULE, before=WORDS, tone_before=Tone.ONGOING)

    assert "delay_gone" not in checks(entry)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WORDS, ["2023 100%"]),
        (WORDS.replace("vakbonden", "<strong>vakbonden</strong>"), ["2023 100%"]),
        # 13 of 14 words in both, and 12 of 14.
        (WORDS.replace("vakbonden", "banken"), ["2023 92%"]),
        (WORDS.replace("vakbonden", "banken").replace("keten", "sector"), []),
        ("", []),
    ],
)
def test_a_text_that_is_nearly_that_of_the_year_before_is_found(add, text, found):
    assert evidence(add(text, before=WORDS), "unchanged") == found


def test_two_empty_texts_are_not_the_same(add):
    assert checks(add("", before="")) == ["empty"]
    assert checks(add("")) == ["empty"]


def test_the_year_before_is_the_latest_round_with_the_point(add, plan, round_2024):
    entry = add(before="Anders")
    year_2026 = factories.reporting_round(plan=plan, year=2026)
    later = factories.status_entry(
        action_point=entry.action_point, round=year_2026, explanation=WORDS
    )

    assert evidence(later, "unchanged") == ["2024 100%"]
    assert [each.evidence for each in findings_of_round(year_2026)] == ["2024 100%"]


# --- Two points --------------------------------------------------------------------


def test_two_points_with_nearly_the_same_text_name_each_other(add):
    one, other, _third = add(), add(WORDS.replace("vakbonden", "banken")), add("Iets anders.")

    assert evidence(one, "alike") == [f"{other.number} 92%"]
    assert evidence(other, "alike") == [f"{one.number} 92%"]


def test_texts_of_two_rounds_are_not_two_points(add):
    assert "alike" not in checks(add(before=WORDS))


# --- Time ----------------------------------------------------------------------------


def test_time_relative_to_now_is_found_in_every_place(add):
    entry = add('Momenteel is er overleg.<span class="footnote">Op 3 mei jl.</span> Dat is nu zo.')

    assert evidence(entry, "relative_time") == [
        "Momenteel: Momenteel is er overleg. Dat is nu zo.",
        "nu: Momenteel is er overleg. Dat is nu zo.",
        "jl.: Op 3 mei jl.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2023 begonnen, in 2019 bedacht, in 2023 klaar.", ["2019, 2023"]),
        ("In 2023 begonnen en in 2024 afgerond.", []),
        ("Het actieplan 2022-2026 is in 2022 vastgesteld.", []),
        ("Er zijn geen jaren.", []),
    ],
)
def test_a_text_that_speaks_of_earlier_years_only_is_found(add, text, found):
    assert evidence(add(text), "earlier_years") == found


# --- No update ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Vanuit JenV kan geen update worden verschaft.", True),
        ("Er is geen nieuwe informatie ontvangen.", True),
        ("Een update is niet aangeleverd.", True),
        ("Het ministerie heeft niet gereageerd.", True),
        ("De wet is ingetrokken.", False),
        ("De wet is ingetrokken; er is geen update nodig.", False),
        ("Voor dit punt is geen informatie nodig.", False),
    ],
)
def test_not_applicable_is_no_answer_where_no_update_was_given(add, text, is_found):
    entry = add(text)
    entry.status = factories.status(label="Niet van toepassing")

    assert ("not_applicable" in checks(entry)) == is_found


def test_another_status_may_go_with_a_text_without_update(add):
    assert "not_applicable" not in checks(add("Er kan geen update worden gegeven."))


def test_nothing_is_asked_of_the_text_where_no_update_was_received(add):
    assert checks(add("", tone=Tone.NO_UPDATE, before="")) == []
    assert checks(add(tone=Tone.NO_UPDATE, before=WORDS)) == []
    assert checks(add()) == []  # nor of another point with that text


# --- Organisations -----------------------------------------------------------------------


@pytest.fixture
def ezk():
    return factories.organisation(abbreviation="EZK", name="Economie", last_year=2023)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zie de EZK-pilot.", ["EZK: explanation"]),
        ("Zie EZK/LNV.", ["EZK: explanation"]),
        ("Zie EZKA en ezk.", []),
    ],
)
def test_an_organisation_that_is_gone_is_found_by_its_abbreviation(add, ezk, text, found):
    assert evidence(add(text), "ended_organisation") == found


def test_an_organisation_that_is_gone_is_found_by_its_name_in_full(add, ezk):
    ezk.name = "Ministerie van Economische Zaken en Klimaat"
    ezk.save()
    # Gone too, and meant by nobody who writes the longer name.
    factories.organisation(name="Ministerie van Economische Zaken", last_year=2010)

    entry = add(
        "Het ministerie van Economische Zaken en Klimaat voert overleg.",
        responsibility="Ministerie van Economische Zaken en Klimaat",
    )

    assert evidence(entry, "ended_organisation") == ["EZK: wording, explanation"]


def test_an_organisation_that_is_gone_is_found_in_all_places(add, ezk):
    entry = add("Zie EZK.", responsibility="RVO, in opdracht van EZK")
    factories.responsibility(action_point=entry.action_point, organisation=ezk)

    assert evidence(entry, "ended_organisation") == ["EZK: responsibilities, wording, explanation"]


def test_a_finding_says_who_succeeded_an_organisation(add, ezk):
    for abbreviation in ("EZ", "KGG"):
        successor = factories.organisation(abbreviation=abbreviation)
        Succession.objects.create(predecessor=ezk, successor=successor, kind="split", year=2023)

    (finding,) = findings_of_entry(add("Zie EZK."))

    assert "2023" in finding.what
    assert "EZ en KGG" in finding.what


def test_an_organisation_exists_in_its_last_year(add, ezk, plan):
    ezk.last_year = 2024
    ezk.save()

    assert checks(add("Zie EZK.", responsibility="EZK")) == []


def test_a_responsibility_that_was_ended_is_left_alone(add, ezk):
    entry = add()
    factories.responsibility(action_point=entry.action_point, organisation=ezk, last_year=2023)

    assert checks(entry) == []


# --- The text itself ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_found"), [("", True), ("<p> </p>", True), ("–", True), ("Af.", False)]
)
def test_an_empty_explanation_is_found(add, text, is_found):
    assert ("empty" in checks(add(text))) == is_found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('Tekst<span class="footnote">Bron.</span> en<span class="footnote">…</span>', ["2: …"]),
        ("De nota¹ zegt dit.", ["¹: De nota¹ zegt dit."]),
        ("De nota[2] zegt dit.", ["[2]: De nota[2] zegt dit."]),
        ('De nota<span class="footnote">Bron.</span> zegt dit.', []),
        ("Op 10 m² en 3 km² [zie onder].", []),
    ],
)
def test_a_footnote_without_text_is_found(add, text, found):
    assert evidence(add(text), "footnote") == found


def test_a_reference_that_cannot_be_read_is_found(add):
    entry = add("Zie de brieven (Kamerstuk 26 485, nr. 430) en (Kamerstuk 26 485).")

    assert evidence(entry, "reference") == ["Kamerstuk 26 485"]


def test_links_without_https_are_found_each_by_its_address(add):
    entry = add(
        'Zie <a href="http://a.example/">a</a>, <a href="http://b.example/">b<em>b</em></a>, '
        '<a href="HTTPS://c.example/">c</a>, <a href="mailto:d@d.example">d</a>'
        '<span class="footnote">en <a href="http://e.example/">e</a></span>.'
    )

    assert evidence(entry, "link") == [
        "http://a.example/",
        "http://b.example/",
        "http://e.example/",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zie http://a.example/b.", ["http://a.example/b"]),
        ("Zie (HTTP://a.example/?b=c).", ["HTTP://a.example/?b=c"]),
        ("Zie HTTPS://a.example/ of www.a.example.", []),
        ("Zie http://[a].", ["http://[a"]),
        ('<span class="footnote">Zie http://a.example</span>', ["http://a.example"]),
        ('Zie <a href="http://a.example">http://a.example</a>.', ["http://a.example"]),
    ],
)
def test_a_bare_address_without_https_is_found(add, text, found):
    assert evidence(add(text), "link") == found


# --- An entry and its round -----------------------------------------------------------------


def test_content_that_is_not_saved_yet_is_held_against_the_same_checks(add):
    entry = add(before="Anders", tone_before=Tone.DONE, tone=Tone.DONE)
    other = add("Een heel andere tekst, die van een ander punt is.")
    written = copy(entry)
    written.status = factories.status(tone=Tone.ONGOING)
    written.explanation = "<p>Een heel andere tekst, die van een ander punt is.</p>"

    assert checks(written) == ["no_longer_completed", "alike"]
    assert checks(entry) == []
    assert checks(other) == []


def test_an_entry_has_the_findings_it_has_in_its_round(add, round_2024, ezk):
    entries = [
        add("Momenteel.", end_date=date(2023, 1, 1)),
        add("Zie EZK.", before="Zie EZK.", tone_before=Tone.DONE),
        add("Zie EZK."),
        add(""),
    ]

    found = findings_of_round(round_2024)

    assert found == [finding for entry in entries for finding in findings_of_entry(entry)]
    assert [each.check for each in found] == [
        *("overdue", "relative_time"),
        *("no_longer_completed", "unchanged", "alike", "ended_organisation"),
        *("alike", "ended_organisation"),
        "empty",
    ]


def test_findings_go_in_the_order_of_the_plan(add, round_2024):
    entries = [add("Momenteel.", sequence=sequence) for sequence in (10, 2, 1)]

    points = dict.fromkeys(each.entry for each in findings_of_round(round_2024))

    assert list(points) == entries[::-1]


@pytest.mark.parametrize("size", [1, 12])
def test_a_round_takes_as_many_queries_whatever_its_size(
    add, round_2024, ezk, size, django_assert_num_queries
):
    coordinator = factories.coordinator()
    for number in range(size):
        entry = add(f"Zie EZK, momenteel {number}.", before="Momenteel.")
        factories.responsibility(action_point=entry.action_point, organisation=ezk)
        (found,) = [each for each in findings_of_entry(entry) if each.check == "relative_time"]
        services.mark_finding_seen(finding=found, reason="Zo is het.", by=coordinator)

    with django_assert_num_queries(6):
        by = [each.seen.by for each in findings_of_round(round_2024) if each.seen]
    assert by == [coordinator] * size


def test_a_round_without_entries_has_no_findings(round_2024):
    assert findings_of_round(round_2024) == []
