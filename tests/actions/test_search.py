"""What a search of the public finds, and how its hits are shown."""

from importlib import import_module

import pytest
from django.apps import apps

from actions.models import PublishedEntry
from actions.search import SENTENCE_LENGTH, Search, words_of
from tests import factories

pytestmark = pytest.mark.django_db

# What is searched for, a text, and whether it is found in it.
PAIRS = [
    # Other forms of the word, also where PostgreSQL's dictionary sees two words.
    ("bedrijven", "Het bedrijf rapporteert.", True),
    ("bedrijf", "Bedrijven rapporteren.", True),
    ("inkopen", "De inkoop is duurzaam.", True),
    ("plannen", "Het plan is klaar.", True),
    ("convenant", "Vijf convenanten liepen af.", True),
    ("overheid", "De overheden overlegden.", True),
    ("keten", "In alle ketens.", True),
    # Accents and capitals.
    ("financien", "Het ministerie van Financiën", True),
    ("FINANCIËN", "het ministerie van financiën", True),
    ("financiën", "het ministerie van Financie\u0308n", True),
    # Within a longer word, if it is long enough to mean something there.
    ("convenant", "Het sectorconvenant loopt.", True),
    ("rapport", "De voortgangsrapportage", True),
    ("eu", "Het nieuwe beleid", False),
    ("eu", "De EU-verordening", True),
    ("ser", "De SER adviseert.", True),
    ("ser", "Een serieuze zaak", True),
    ("ser", "De adviseur", False),
    # "over" is the stem of "overheid", but is said of anything.
    ("overheid", "Er is overleg over de aanpak.", False),
    # Every word counts, in whatever order; those that stand in every text do not.
    ("bedrijven duurzame", "Een duurzame keten van bedrijven.", True),
    ("bedrijven katoen", "Een duurzame keten van bedrijven.", False),
    ("de bedrijven van katoen", "Katoen van bedrijven.", True),
    # Numbers are not the beginning of other numbers.
    ("430", "Kamerstuk 26 485, nr. 430", True),
    ("43", "Kamerstuk 26 485, nr. 430", False),
    ("26 485", "Kamerstuk 26 485, nr. 430", True),
    ("richtlijn 2024/1760", "Richtlijn 2024/1760 is aangenomen.", True),
    ("x" * 100, "Honderd procent", False),
]
# The same where something else than the words of the text decides.
MORE_PAIRS = [
    # Papers by whatever name they have.
    ("26485", "Kamerstuk 26 485, nr. 430", True),
    ("26485-430", "Kamerstuk 26 485, nr. 430", True),
    ("32024L1760", "Richtlijn 2024/1760 is aangenomen.", True),
    # By its name in its address, too.
    ("kst-26485-430", "Kamerstuk 26 485, nr. 430", True),
    ("kst-26485-431", "Kamerstuk 26 485, nr. 430", False),
    # A letter of a term is no word of its own, and by itself none that begins with it.
    ("NGO's", "De NGO spreekt.", True),
    ("i.s.m.", "Ieder schrijft mee.", False),
    ("i.s.m.", "Geschreven i.s.m. anderen.", True),
    # Nothing acts as a wildcard or as a part of the query.
    ("h%d", "Honderd procent", False),
    ("h_d", "Honderd procent", False),
    ("'; -- x", "Honderd procent", False),
    ("strong", "<strong>Sterk</strong>", False),
    ("voorbeeld", '<a href="https://voorbeeld.nl">Hier</a>', False),
]


def publish(explanation, **values):
    return factories.published_entry(explanation=f"<p>{explanation}</p>", **values)


@pytest.mark.parametrize(("asked", "text", "is_found"), [*PAIRS, *MORE_PAIRS])
def test_search_finds_forms_of_words_and_minds_no_accents(asked, text, is_found):
    publish(text, action_point=factories.action_point(title="Punt", goal="", timeline=""))

    assert PublishedEntry.objects.matching(asked).exists() is is_found


@pytest.mark.parametrize(("asked", "text", "is_found"), PAIRS)
def test_a_hit_is_marked_where_the_database_found_it(asked, text, is_found):
    """The rule is written twice, as a condition and in Python: they find the same."""
    words = words_of([text])
    found = all(word.occurs_in(words) for term in Search(asked).terms for word in term.words)

    assert found is is_found
    assert any(piece.is_hit for piece in Search(asked).pieces(text)) or not is_found


@pytest.mark.parametrize("field", ["title", "goal", "responsibility", "timeline"])
def test_search_looks_in_the_wording(field):
    point = factories.action_point(**{field: "Over zeppelins gesproken"})
    publish("Niets.", action_point=point)

    assert PublishedEntry.objects.matching("zeppelin").exists()


def test_search_finds_who_is_responsible_as_they_were_named_in_the_year():
    then = factories.organisation(
        abbreviation="EZK", name="Economische Zaken en Klimaat", last_year=2023
    )
    now = factories.organisation(
        abbreviation="KGG", name="Klimaat en Groene Groei", first_year=2024
    )
    point = factories.action_point(responsibility="Het ministerie")
    factories.responsibility(action_point=point, organisation=then, last_year=2023)
    factories.responsibility(action_point=point, organisation=now, first_year=2024)
    for year in (2023, 2024):
        of_year = factories.reporting_round(plan=point.plan, year=year)
        factories.status_entry(action_point=point, round=of_year, explanation="<p>Niets.</p>")
        factories.publish(of_year)

    def years(asked):
        found = PublishedEntry.objects.matching(asked)
        return list(found.order_by("round__year").values_list("round__year", flat=True))

    assert years("ezk") == years("economische zaken") == [2023]
    assert years("KGG") == years("groei") == [2024]
    assert years("klimaat") == [2023, 2024]
    assert years("BZ") == []


def test_a_number_is_found_from_its_beginning_only():
    entry = publish("In 1.1.1 en 2024.")
    number = entry.action_point.number

    assert PublishedEntry.objects.matching(number).exists()
    assert PublishedEntry.objects.matching(number[:-1]).exists()
    assert not PublishedEntry.objects.matching(f"9.{number}").exists()


def test_many_different_words_are_searched_for_without_an_error():
    publish("Niets.")

    assert not PublishedEntry.objects.matching(" ".join(map(str, range(2000)))).exists()


def test_words_that_stand_in_every_text_ask_nothing():
    assert Search("de van een").terms == []
    assert Search("").terms == []


def test_the_migration_finds_the_words_of_what_was_published_before():
    factories.responsibility(
        action_point=publish("De bedrijven rapporteren.").action_point,
        organisation=factories.organisation(abbreviation="KGG", name="Klimaat en Groene Groei"),
    )
    factories.publish(PublishedEntry.objects.get().round)
    PublishedEntry.objects.update(search_words="")

    import_module("actions.migrations.0007_cite_and_find_anew").cite_and_find_anew(apps, None)

    assert PublishedEntry.objects.matching("bedrijf").exists()
    assert PublishedEntry.objects.matching("KGG").exists()


# --- How hits are shown ------------------------------------------------------


def hits(asked, text):
    return [piece.text for piece in Search(asked).pieces(text) if piece.is_hit]


def test_a_paper_that_a_range_means_is_hit_at_the_last_number_of_the_range():
    text = "Zie Kamerstuk 26 485, nrs. 430 t/m 433."

    assert hits("431", text) == ["433"]
    assert hits("430", text) == ["Kamerstuk 26 485, nrs. 430"]
    assert "".join(piece.text for piece in Search("431").pieces(text)) == text


def test_hits_are_the_whole_words_as_they_are_written():
    text = "De Bedrijven (sectorconvenanten) van Financiën."

    assert hits("bedrijf convenant financien", text) == [
        "Bedrijven",
        "sectorconvenanten",
        "Financiën",
    ]
    assert "".join(piece.text for piece in Search("bedrijf").pieces(text)) == text


def test_of_other_texts_those_with_most_of_what_the_text_lacks_are_beside_it():
    others = ["Economische Zaken (EZ)", "Sociale Zaken (SZW)", "Klimaat (KGG)"]

    assert Search("economische zaken").beside("BZ", others) == [others[0]]
    assert Search("zaken").beside("BZ", others) == others[:2]
    assert Search("zaken").beside("Buitenlandse Zaken", others) == []
    assert Search("zaken kgg").beside("Buitenlandse Zaken", others) == [others[2]]
    assert Search("zeppelin").beside("BZ", others) == []
    assert Search("ez").beside("EZ (coördinerend)", others) == []


def test_the_sentence_with_most_of_what_was_asked_is_shown():
    text = "Eerst dit over katoen. Toen ging katoen naar bedrijven. En dat was het."

    assert Search("bedrijf katoen").sentence(text) == "… Toen ging katoen naar bedrijven. …"
    assert Search("eerst").sentence(text) == "Eerst dit over katoen. …"
    assert Search("zeppelin").sentence(text) == ""


def test_a_sentence_does_not_end_at_an_abbreviation():
    text = "Zie Kamerstuk 26 485, nr. 430 en Stcrt. 2024, 25516 over katoen. Verder niets."

    assert Search("katoen").sentence(text).startswith("Zie Kamerstuk 26 485, nr. 430")


def test_of_a_very_long_sentence_what_stands_around_the_hit_is_shown():
    text = "woord " * 200 + "katoen" + " woord" * 200

    shown = Search("katoen").sentence(text)

    assert len(shown) <= SENTENCE_LENGTH + 4
    assert shown.startswith("… woord")
    assert shown.endswith("woord …")
    assert hits("katoen", shown) == ["katoen"]


def test_what_is_left_out_of_a_long_sentence_and_around_it_has_one_sign():
    long = "woord " * 200 + "katoen" + " woord" * 200
    text = f"Eerst iets. {long.capitalize()}. Dan nog iets."

    shown = Search("katoen").sentence(text)

    assert shown.startswith("… woord")
    assert shown.endswith("woord …")
    assert shown.count("…") == 2


def test_a_very_long_word_is_shown_in_part():
    word = "a" * SENTENCE_LENGTH * 2

    assert Search(word).sentence(f"Dit is {word} niet.") != ""


@pytest.mark.parametrize(
    "asked", ["26485-430", "26485 430", "kst-26485-430", "Kamerstuk 26485, nr. 430"]
)
def test_a_paper_that_is_spelled_otherwise_is_a_hit_in_its_sentence(asked):
    text = "Zie Kamerstuk 22 112, nr. 43 erover. Dit staat in Kamerstuk 26 485, nr. 430."

    shown = Search(asked).sentence(text)

    assert shown == "… Dit staat in Kamerstuk 26 485, nr. 430."
    assert "Kamerstuk 26 485, nr. 430" in hits(asked, shown)


def test_of_a_term_its_single_letters_are_no_hits():
    assert hits("UNGP's", "De UNGP's van SZW") == ["UNGP"]
