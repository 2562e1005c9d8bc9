"""No page mixes languages: what a template says is translated, and content says it is Dutch."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from actions.models import Organisation, Pillar, Plan, PublishedEntry, Status, Theme
from reports.models import Edition, ReportText, Subscription
from tests import factories
from tests.public.page import Page
from tests.public.subscribing import ask, link_in
from tests.public.test_every_page import ADDRESSES, FORM, every_page

BASE_DIR = Path(__file__).resolve().parent.parent.parent
TEMPLATES = BASE_DIR / "templates"
# They speak both languages themselves, since nothing may be needed to show them.
IN_BOTH = {"500.html", "400.html", "_bare.html"}
# Names, which are the same in every language.
NAMES = {
    *("Nederlands", "English", "nationaleombudsman", "autoriteitpersoonsgegevens", "nl"),
    *("DCAT", "AP", "NL"),
}

# --- In the templates ---------------------------------------------------------

TRANSLATED = re.compile(
    r"\{%\s*(comment|blocktranslate)\b.*?%\}.*?\{%\s*end\1\s*%\}"
    # Names of styles, which nobody reads.
    r"|\{%\s*block (?:bodyclass|coltype)\s*%\}.*?\{%\s*endblock[^%]*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
    re.DOTALL,
)
# What is read out or shown of an element, besides its text.
SPOKEN = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')


def unmarked(source):
    """The words of a template that no translation can reach."""
    left = TRANSLATED.sub(" ", source)
    spoken = " ".join(SPOKEN.findall(left))
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", left, flags=re.DOTALL)
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", f"{text} {spoken}"))
    return [each for each in words if each not in NAMES]


@pytest.mark.parametrize(
    "template",
    [each for each in sorted(TEMPLATES.rglob("*.html")) if each.name not in IN_BOTH],
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_everything_that_a_template_says_can_be_translated(template):
    assert unmarked(template.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Show all</p>",
        '<a aria-label="Close">×</a>',
        "{% if a %}No{% endif %}",
        "<h1>{{ a }} points</h1>",
    ],
)
def test_words_that_no_translation_reaches_are_found(source):
    assert unmarked(source)


# --- On the pages -------------------------------------------------------------


def words_of(text):
    return set(re.findall(r"[^\W\d_]{3,}", re.sub(r"%\(\w+\)s|<[^>]*>", " ", text).lower()))


def vocabulary():
    """The words of the interface that are English and never Dutch, and the reverse."""
    with (BASE_DIR / "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        messages = [each for each in read_po(file, locale="nl") if each.id]

    def words(of):
        texts = [of if isinstance(of, tuple) else (of,) for of in of]
        return set().union(*(words_of(text) for forms in texts for text in forms))

    english = words([each.id for each in messages])
    dutch = words([each.string for each in messages])
    return {"nl": english - dutch, "en": dutch - english}


FOREIGN = vocabulary()


class Said(Page):
    """A page with its texts, each with its language; also those of what is only read out.

    What stands in the head has no place to say that it is of another language.
    """

    def __init__(self, html):
        self.texts_said = []
        super().__init__(html)

    def handle_data(self, data):
        super().handle_data(data)
        if self._open and self._open[-1].tag not in ("script", "style"):
            self._say(self._open[-1], data)

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        element = self.elements[-1]
        for name in ("alt", "aria-label", "data-label", "label", "placeholder", "title"):
            self._say(element, element.get(name))
        if element.get("type") == "search":
            self._say(element, element.get("value"))

    def _say(self, element, text):
        if text and not any(each.tag == "head" for each in (element, *element.parents)):
            # The names in an address are words of no language.
            self.texts_said.append((element.language, re.sub(r"https?://\S+", "", text)))


def foreign_words(html):
    """The words of a page that are of the other language than it says of them."""
    return {
        word
        for language, text in Said(html).texts_said
        for word in words_of(text) & FOREIGN.get(language, set())
    }


@every_page
def test_page_is_in_its_language_but_for_what_it_says_is_not(client, nap, address):
    assert foreign_words(client.get(address).content.decode()) == set()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<html lang="en"><p>Toon <b>alle</b> actiepunten</p></html>', "actiepunten"),
        ('<html lang="nl"><p>All action points</p></html>', "points"),
        ('<html lang="nl"><a aria-label="Main navigation">x</a></html>', "navigation"),
    ],
)
def test_word_of_another_language_is_found(html, found):
    assert found in foreign_words(html)


def test_word_that_is_said_to_be_of_another_language_is_not():
    assert not foreign_words('<html lang="en"><p lang="nl">Toon alle actiepunten</p></html>')


# --- Dutch content on English pages -------------------------------------------


@pytest.fixture
def eventful(nap):
    """A third year with everything that can happen to a point, and to how it is told."""
    of_year = factories.reporting_round(plan=nap.plan, year=2024, title="Voortgangsverslag")
    ahead = factories.status(label="Volgens planning", slug="volgens-planning", tone="on_schedule")
    labour, later, buying, _left = nap.points
    moved = {labour: nap.late, later: ahead, buying: None}
    for point, status in moved.items():
        factories.status_entry(
            action_point=point,
            round=of_year,
            status=status,
            goal="Anders gezegd",
            explanation="<p>Intussen is er een <strong>wet</strong>"
            '<span class="footnote">Zie de Staatscourant</span> (Kamerstuk 26 485, nr. 400).</p>',
        )
    came = factories.action_point(theme=buying.theme, title="Nieuwkomer", first_year=2024)
    factories.responsibility(action_point=came, organisation=nap.ez)
    factories.status_entry(action_point=came, round=of_year, status=nap.late, stage="approved")
    factories.report_text(
        round=of_year,
        title="Voorwoord",
        body='<p>Ten geleide<span class="footnote">Met dank aan velen</span></p>',
    )
    for _ in range(2):
        factories.edition_files(factories.publish(of_year))
    factories.published_entry(
        action_point=factories.action_point(
            theme=factories.theme(pillar=factories.pillar(plan=factories.plan(title="Oud plan")))
        )
    )
    return nap


def dutch_content():
    """Every name, title and label that is in the register, and some of its texts."""
    content = {"Intussen", "Staatscourant", "Ten geleide", "Met dank aan velen", "Een toelichting"}
    for model, *names in (
        (Plan, "title", "publisher"),
        (Pillar, "title"),
        (Theme, "title"),
        (Organisation, "name", "abbreviation"),
        (Status, "label"),
        (PublishedEntry, "title", "goal", "responsibility"),
        (ReportText, "title"),
        (Edition, "note", "round__title"),
    ):
        for name in names:
            content |= set(model.objects.values_list(name, flat=True))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(content - {''})))})\b")


def dutch_in_other_languages(html, content):
    """What of the content is shown or said as if it were not Dutch."""
    return [
        (language, " ".join(text.split()))
        for language, text in Said(html).texts_said
        if language != "nl" and content.search(text)
    ]


# What the other addresses do not show: hits, a choice and its export, moves, a year that is left.
EVENTFUL = {
    "search with hits": "/nap/actiepunten/?q=wet",
    "nothing found": "/nap/actiepunten/?q=arbeid&pijler=2&stand=voltooid",
    "everything chosen": "/nap/actiepunten/?jaar=2022&pijler=1&thema=arbeid&organisatie=EZK&"
    "stand=voltooid&q=arbeid&q=Inkoop",
    "export, everything chosen": "/nap/actiepunten/export/?jaar=2022&pijler=1&thema=arbeid&"
    "organisatie=EZK&stand=voltooid&q=Misstanden&sort=-status",
    "point that moved": "/nap/actiepunten/1.1.1/",
    "point without a state of play": "/nap/actiepunten/1.2.1/",
    "point that left": "/nap/actiepunten/2.1.1/",
    "point that came": "/nap/actiepunten/1.2.2/",
    "comparison with moves": "/nap/vergelijk/2023-2024/",
    "organisation with years": "/nap/organisaties/EZ/",
    "theme with several": "/nap/themas/inkoop/",
    "report with changes": "/nap/rapportages/2024/",
    "keep me posted of an organisation": f"{FORM}?over=organisatie/EZ",
    "not found": "/nap/themas/x/",
}


@pytest.mark.parametrize(
    "address",
    [*ADDRESSES.values(), *EVENTFUL.values()],
    ids=[*ADDRESSES, *EVENTFUL],
)
def test_dutch_content_says_on_an_english_page_that_it_is_dutch(client, eventful, address):
    html = client.get(f"/en{address}").content.decode()

    assert dutch_in_other_languages(html, dutch_content()) == []
    assert foreign_words(html) == set()


def test_dutch_content_says_that_it_is_dutch_on_the_way_through_a_subscription(
    client, eventful, mailoutbox
):
    asked = {"over": "thema/arbeid", "prefix": "/en"}
    pages = [ask(client, "jan", **asked)]
    ask(client, **asked)
    confirm = link_in(mailoutbox[-1], "bevestigen")
    pages += [client.get(confirm), client.post(confirm)]
    [followed] = Subscription.objects.all()
    factories.subscription(email="jan@nap.example", plan=eventful.plan, organisation=eventful.ez)
    stop = reverse("reports:unsubscribe", args=["nap", followed.subscriber_id])
    pages += [client.get(stop), client.post(stop, {"subscription": followed.pk}), client.get(stop)]

    content = dutch_content()
    for page in pages:
        html = page.content.decode()
        assert content.search(html)
        assert dutch_in_other_languages(html, content) == []
