"""The cover letter: a template that is filled in from the report."""

from datetime import date

import pytest
from django.core.management import call_command

from actions.models import ReportingRound
from reports.models import CoverLetter
from tests import factories
from tests.admin.pages import address, change, form_values
from tests.reports.publishing import closed_round
from tests.reports.reading_letter import (
    file_of,
    file_text,
    in_both_formats,
    listed,
    of_style,
    page_of,
    texts,
)
from tests.reports.reading_office import W, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.coordinator()


@pytest.fixture
def client(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def round_of_2024():
    """The real round: 33 points, the first that is reported on."""
    call_command("loaddata", "nap-2022-2026.json", "round-2024.json", verbosity=0)
    return ReportingRound.objects.get()


# --- What is filled in -----------------------------------------------------------


@in_both_formats
def test_the_letter_gives_the_real_counts(file_format, client, round_of_2024):
    factories.cover_letter(
        round=round_of_2024, body="<p>Samen [totaal], in [jaar].</p><p>[aantallen]</p>"
    )

    data = file_of(client, round_of_2024, file_format)

    assert "Samen 33, in 2024." in texts(data)
    assert listed(data) == [
        "Voltooid: 6",
        "In uitvoering volgens planning: 9",
        "In uitvoering: 1",
        "Doorlopend: 11",
        "In (formele) consultatie: 2",
        "In uitvoering maar met vertraging: 3",
        "Niet van toepassing: 1",
    ]


@in_both_formats
def test_the_first_letter_lists_what_is_completed_and_what_is_late(
    file_format, client, round_of_2024
):
    factories.cover_letter(round=round_of_2024, body="<p>[opvallend]</p>")

    data = file_of(client, round_of_2024, file_format)

    lines = listed(data)
    assert "Het volgende valt op:" in texts(data)
    numbers = [line if line.endswith(":") else line.split()[0] for line in lines]
    assert numbers == [
        *("Voltooid:", "1.2.2", "2.1.1", "2.2.1", "2.3.2", "3.2.1", "3.4.1"),
        *("In uitvoering maar met vertraging:", "1.1.2", "1.4.2", "2.1.3"),
    ]
    assert "2.3.2 Opstarten van het IMVO-steunpunt" in lines


@pytest.fixture
def statuses():
    """Of each kind that a letter tells apart."""
    return {
        tone: factories.status(label=label, tone=tone)
        for label, tone in (
            ("Voltooid", "done"),
            ("Doorlopend", "ongoing"),
            ("Vertraagd", "needs_attention"),
            ("In overleg", "neutral"),
        )
    }


@pytest.fixture
def two_years(statuses):
    """Rounds of two years, the first published. Gives the second, and enters how points stood."""
    theme = factories.theme()
    before = factories.reporting_round(plan=theme.plan, year=2023, stage="closed")
    now = factories.reporting_round(plan=theme.plan, year=2024, stage="closed", title="Voortgang")

    def enter(**tones):
        """For a title how it stood in the years: a pair of tones, None where it was not there."""
        for title, of_years in tones.items():
            point = factories.action_point(theme=theme, title=title)
            for in_round, tone in zip((before, now), of_years, strict=True):
                if tone is not None:
                    factories.status_entry(
                        action_point=point,
                        round=in_round,
                        status=statuses.get(tone),
                        title=title,
                        explanation=f"<p>In {in_round.year}.</p>",
                    )
        factories.publish(before)
        return now

    return enter


def test_a_later_letter_lists_what_changed_and_what_is_late_still(client, two_years):
    now = two_years(
        Klaar=("ongoing", "done"),
        Achter=("ongoing", "needs_attention"),
        Bleef=("needs_attention", "needs_attention"),
        Anders=("ongoing", "neutral"),
        Hetzelfde=("ongoing", "ongoing"),
        Erbij=(None, "ongoing"),
        Weg=("ongoing", None),
        Leeg=("neutral", ""),
    )
    factories.cover_letter(round=now, body="<p>[opvallend]</p>")

    data = file_of(client, now)

    assert "Ten opzichte van de rapportage over 2023 valt het volgende op:" in texts(data)
    assert listed(data) == [
        *("Voltooid:", "1.1.1 Klaar (was: Doorlopend)"),
        *("Vertraagd:", "1.1.2 Achter (was: Doorlopend)"),
        *("Nog steeds vertraagd:", "1.1.3 Bleef"),
        "Andere stand van zaken:",
        "1.1.4 Anders – In overleg (was: Doorlopend)",
        "1.1.8 Leeg – Nog geen stand van zaken (was: In overleg)",
        *("Nieuw in het actieplan:", "1.1.6 Erbij – Doorlopend"),
        *("Niet meer in het actieplan:", "1.1.7 Weg"),
    ]


def test_a_letter_says_so_when_every_point_stands_as_it_did(client, two_years):
    now = two_years(Een=("ongoing", "ongoing"), Twee=("done", "done"))
    now.entries.filter(title="Een").update(goal="In andere woorden")
    factories.cover_letter(round=now, body="<p>[opvallend]</p>")

    data = file_of(client, now)

    assert "Elk actiepunt staat er hetzelfde voor als in de rapportage over 2023." in texts(data)
    assert listed(data) == []


def test_a_point_without_a_state_of_play_is_counted_as_one(client, two_years):
    now = two_years(Een=("ongoing", "done"), Twee=("ongoing", ""))
    factories.cover_letter(round=now, body="<p>[aantallen]</p>")

    assert listed(file_of(client, now)) == ["Voltooid: 1", "Nog geen stand van zaken: 1"]


def test_a_letter_can_be_looked_at_before_the_round_has_entries(client):
    in_round = factories.reporting_round(stage="preparing", title="Voortgang")
    factories.cover_letter(round=in_round)

    assert f"Voortgang over {in_round.year}" in file_text(client, in_round)
    assert "Er zijn geen actiepunten die zijn voltooid" in file_text(client, in_round)


@pytest.mark.parametrize("body", ["<p>[aantallen]</p>", "<ul><li>[aantallen]</li></ul>"])
def test_nothing_is_listed_where_there_is_nothing_to_count(body, client):
    in_round = factories.reporting_round(stage="preparing")
    factories.cover_letter(round=in_round, body=body)

    assert listed(file_of(client, in_round)) == []


def test_words_are_filled_in_wherever_a_text_has_them(client):
    in_round = closed_round(year=2023, title="Voortgang", reference_date=date(2023, 12, 31))
    factories.cover_letter(
        round=in_round,
        subject="[Titel] van [jaar]",
        body="<ul><li>Bij <strong>[titel]</strong> op [peildatum]</li><li>[aantallen]</li></ul>"
        '<p>Zie<span class="footnote">De stand van [jaar].</span> en […] en [zoals gezegd].</p>',
    )

    data = file_of(client, in_round)

    assert of_style(data, "Kenmerk")[-1] == "Betreft: Voortgang van 2023"
    label = in_round.entries.get().status.label
    assert listed(data) == ["Bij Voortgang op 31 december 2023", f"{label}: 1"]
    assert "Zie en […] en [zoals gezegd]." in texts(data)
    notes = part(data, "word/footnotes.xml").iter(f"{W}t")
    assert "De stand van 2023." in "".join(each.text for each in notes)


def test_what_is_filled_in_is_not_filled_in_again(client):
    in_round = closed_round(title="Rapport [jaar] [onbekend]")
    factories.cover_letter(round=in_round, subject="[titel]", body="<p>Zie [titel].</p>")

    assert "Zie Rapport [jaar] [onbekend]." in file_text(client, in_round)


# --- Words that cannot be filled in ------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("body", "<p>Er zijn [aantal] punten.</p>", "“[aantal]”"),
        ("body", '<p>Zie<span class="footnote">[noot]</span></p>', "“[noot]”"),
        ("body", "<p>Namelijk [aantallen] punten.</p>", "“[aantallen]”"),
        ("body", '<p>[aantallen]<span class="footnote">Noot.</span></p>', "“[aantallen]”"),
        ("body", "<p>In [ja<strong>ar</strong>].</p>", "“[jaar]”"),
        ("subject", "Rapport [jaartal]", "“[jaartal]”"),
        ("subject", "[opvallend]", "“[opvallend]”"),
    ],
)
def test_a_word_that_cannot_be_filled_in_is_refused_when_saved(field, value, said, client):
    stored = factories.cover_letter()
    values = form_values(client.get(change(stored)), **{field: value})

    response = client.post(change(stored), values)

    [error] = response.context["adminform"].form.errors[field]
    assert said in error
    assert CoverLetter.objects.get().body == stored.body


def test_an_unknown_word_is_answered_with_those_that_are_known(client):
    stored = factories.cover_letter()
    values = form_values(client.get(change(stored)), body="<p>[aantal]</p>")

    [error] = client.post(change(stored), values).context["adminform"].form.errors["body"]

    for word in ("[jaar]", "[titel]", "[peildatum]", "[totaal]", "[aantallen]", "[opvallend]"):
        assert word in error


def test_an_unknown_word_that_came_past_the_form_is_named(client):
    in_round = factories.cover_letter(body="<p>[onzin]</p>").round

    page = client.get(page_of(in_round))
    file = client.get(page_of(in_round), {"format": "odt"})

    assert "“[onzin]”" in page.content.decode()
    assert "format=" not in page.content.decode()
    assert (file.status_code, file["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert "“[onzin]”" in file.content.decode()


def test_the_text_that_a_letter_begins_with_can_be_saved(client):
    in_round = factories.reporting_round()
    form = client.get(address(CoverLetter, "add"), {"round": in_round.pk})

    values = form_values(form, dossier="26485")
    response = client.post(address(CoverLetter, "add"), values)

    stored = CoverLetter.objects.get()
    assert response.url == page_of(in_round)
    assert (stored.round, stored.dossier, stored.place) == (in_round, "26 485", "Den Haag")
    assert "[aantallen]" in stored.body
    assert stored.history.get().history_user.username == "coordinator"


def test_a_new_letter_begins_with_the_text_of_the_last_but_not_its_date(client):
    plan = factories.plan()
    years = (plan.start_year + 1, plan.start_year)
    for year, body in zip(years, ("<p>Later.</p>", "<p>Eerder.</p>"), strict=True):
        in_round = factories.reporting_round(plan=plan, year=year)
        factories.cover_letter(
            round=in_round, body=body, dossier="32 735", name="A. de Wit", date=date(year, 2, 1)
        )
    now = factories.reporting_round(plan=plan, year=plan.start_year + 2)

    form = client.get(address(CoverLetter, "add"), {"round": now.pk})
    client.post(address(CoverLetter, "add"), form_values(form))

    stored = now.cover_letter
    assert (stored.body, stored.dossier) == ("<p>Later.</p>", "32 735")
    assert (stored.name, stored.date) == ("A. de Wit", None)


# --- The dossier -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("26 485", "26 485"),
        ("26485", "26 485"),
        ("26.485", "26 485"),
        ("21501-02", "21 501-02"),
        ("35 000 xvii", None),
        ("35 000 XVII", "35 000 XVII"),
        ("26 485, nr. 323", None),
        ("26 485, 32 735", None),
        ("IMVO", None),
        ("264855", None),
    ],
)
def test_a_dossier_is_kept_as_parliament_writes_it_or_refused(typed, kept, client):
    stored = factories.cover_letter(dossier="32 735")
    values = form_values(client.get(change(stored)), dossier=typed)

    response = client.post(change(stored), values)

    stored.refresh_from_db()
    refused = response.context and list(response.context["adminform"].form.errors)
    assert (stored.dossier, refused) == ((kept, None) if kept else ("32 735", ["dossier"]))
