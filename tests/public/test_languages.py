"""No page mixes languages: what a template says is translated, and content says it is Dutch."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.public.page import Page
from tests.public.test_every_page import every_page

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
    """A page with its texts, each with its language; also those of what is only read out."""

    def __init__(self, html):
        self.texts_said = []
        super().__init__(html)

    def handle_data(self, data):
        super().handle_data(data)
        if self._open and self._open[-1].tag not in ("script", "style"):
            self.texts_said.append((self._open[-1].language, data))

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        element = self.elements[-1]
        for name in ("alt", "aria-label", "placeholder", "title"):
            self.texts_said.append((element.language, element.get(name) or ""))


def foreign_words(html):
    """The words of a page that are of the other language than it says of them."""
    return {
        word
        for language, text in Said(html).texts_said
        for word in words_of(text) & FOREIGN.get(language, set())
    }


@every_page
def test_page_is_in_its_language_but_for_what_it_says_is_not(client, nap, address):
    # The title of a page has no place to say that it is Dutch.
    html = client.get(address).content.decode()
    body = html[: html.index("<head>")] + html[html.index("</head>") :]

    assert foreign_words(body) == set()


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
