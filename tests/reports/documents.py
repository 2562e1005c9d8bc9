"""Reports for tests: generated ones, for the laws, and one with something of everything."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from actions.models import Status
from actions.richtext.html import clean_text, parse, sanitise_tree
from actions.richtext.tree import (
    LANGUAGES,
    Footnote,
    ListBlock,
    Paragraph,
    RichText,
    Text,
)
from reports.document import (
    Change,
    ChangeKind,
    Changes,
    Label,
    PillarPart,
    ReportDocument,
    Row,
    Section,
    ThemePart,
)
from reports.writers.json_file import to_data

# --- Generated -----------------------------------------------------------------

# What people write, and what upsets formats: markup, quotes, hard spaces, hyphens, other scripts.
CHARACTERS = "abcdefghijkENZ 019 ,.;:'\"“”‘’«»–-&<>()[]{}*_#@\\/$%€éëïöçß²½…\u00a0αβж"
ADDRESSES = [
    "https://www.rijksoverheid.nl/",
    "https://zoek.officielebekendmakingen.nl/kst-26485-430.html",
    "https://voorbeeld.nl/a?b=1&c=%20#d",
    "mailto:info@voorbeeld.nl",
]


def texts(min_size=0, max_size=30):
    """A line of text as the register keeps it."""
    lines = st.text(CHARACTERS, min_size=min_size, max_size=max_size)
    return lines.map(lambda line: clean_text(line).strip()).filter(
        lambda line: len(line) >= min_size
    )


RUNS = st.builds(
    Text,
    st.text(CHARACTERS, min_size=1, max_size=20),
    strong=st.booleans(),
    emphasis=st.booleans(),
    language=st.sampled_from(["", "", "", *LANGUAGES]),
    link=st.sampled_from(["", "", "", *ADDRESSES]),
)
FOOTNOTES = st.builds(Footnote, st.lists(RUNS, min_size=1, max_size=2).map(tuple))
PARAGRAPHS = st.builds(
    Paragraph, st.lists(RUNS | RUNS | FOOTNOTES, min_size=1, max_size=4).map(tuple)
)
BLOCKS = st.recursive(
    PARAGRAPHS,
    lambda blocks: st.builds(
        ListBlock,
        st.lists(st.lists(blocks, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(
            tuple
        ),
        st.booleans(),
    ),
    max_leaves=4,
)
RICH_TEXTS = st.lists(BLOCKS, max_size=3).map(tuple).map(RichText).map(sanitise_tree)
ROWS = st.builds(
    Row,
    title=texts(min_size=1),
    goal=texts(),
    responsibility=texts(),
    timeline=texts(),
    status=texts(min_size=1, max_size=12),
    explanation=RICH_TEXTS,
    number=st.from_regex(r"[1-3]\.[1-9]\.[1-9][0-9]?", fullmatch=True),
)
THEMES = st.builds(ThemePart, texts(min_size=1), st.lists(ROWS, min_size=1, max_size=3).map(tuple))
PILLARS = st.lists(
    st.builds(
        PillarPart,
        number=st.just(0),
        title=texts(min_size=1),
        description=RICH_TEXTS,
        themes=st.lists(THEMES, min_size=1, max_size=2).map(tuple),
    ),
    max_size=2,
).map(
    lambda pillars: tuple(
        PillarPart(number, each.title, each.description, each.themes)
        for number, each in enumerate(pillars, 1)
    )
)
MOVES = st.builds(
    Change,
    st.just(ChangeKind.MOVED),
    number=st.just("1.1.1"),
    title=texts(min_size=1),
    before=texts(min_size=1, max_size=12),
    after=texts(min_size=1, max_size=12),
)
REWORDINGS = st.builds(
    Change,
    st.just(ChangeKind.REWORDED),
    number=st.just("1.1.2"),
    title=texts(min_size=1),
    fields=st.lists(st.sampled_from(Row.WORDING), min_size=1, unique=True).map(tuple),
)
OTHER_CHANGES = st.builds(
    Change,
    st.sampled_from([ChangeKind.ADDED, ChangeKind.ENDED, ChangeKind.REWRITTEN]),
    number=st.just("2.1.1"),
    title=texts(min_size=1),
)
DATES = st.dates(date(2015, 1, 1), date(2040, 1, 1))
DOCUMENTS = st.builds(
    ReportDocument,
    title=texts(min_size=1),
    publisher=texts(min_size=1),
    year=st.integers(2015, 2040),
    sections=st.lists(st.builds(Section, texts(min_size=1), RICH_TEXTS), max_size=2).map(tuple),
    pillars=PILLARS,
    reference_date=st.none() | DATES,
    labels=st.lists(
        st.builds(Label, texts(min_size=1, max_size=12), st.sampled_from(Status.Tone.values)),
        max_size=3,
        unique_by=lambda label: label.label,
    ).map(tuple),
    changes=st.none()
    | st.builds(
        Changes,
        st.integers(2014, 2039),
        st.lists(MOVES | REWORDINGS | OTHER_CHANGES, max_size=3).map(tuple),
    ),
).flatmap(
    lambda document: st.one_of(
        st.just(document),
        st.builds(_published, st.just(document), st.integers(1, 9), DATES, texts(max_size=60)),
    )
)


def _published(document, edition, on, note):
    return replace(document, edition=edition, published_on=on, note=note)


def as_version_1(document: ReportDocument) -> dict:
    """A document as editions were frozen before reports told which points are worded otherwise."""
    data = to_data(document) | {"version": 1}
    if data["changes"]:
        items = [each for each in data["changes"]["items"] if each["kind"] != "reworded"]
        for each in items:
            del each["fields"]
        data["changes"] = data["changes"] | {"items": items}
    return data


# --- Written by hand -----------------------------------------------------------


def everything() -> ReportDocument:
    """A report with something of everything that a report can hold."""
    explanation = parse(
        "<p>De wet is <strong>aangenomen</strong>"
        '<span class="footnote">Zie <a href="https://voorbeeld.nl/a?b=1&amp;c">de wet</a>.</span>'
        ' en <span class="lang-en">due diligence</span> is <em>verplicht</em> '
        "(Kamerstuk 26 485, nr. 430).</p>"
        "<ul><li><p>Eén</p><ol><li><p>Daarbinnen</p></li></ol></li>"
        "<li><p>Twee &amp; drie</p></li></ul><p>Tot slot.</p>"
    )
    return ReportDocument(
        title="Voortgangsrapportage nationaal actieplan Bedrijfsleven & Mensenrechten",
        publisher="Ministerie van Buitenlandse Zaken",
        year=2025,
        sections=(
            Section("Inleiding", parse("<p>Dit is een <em>inleiding</em>.</p>")),
            Section("Leeswijzer", parse("<p>Zo leest u dit.</p>")),
        ),
        pillars=(
            PillarPart(
                1,
                "De verplichting van de staat",
                parse('<p>Over de staat<span class="footnote">Een noot.</span>.</p>'),
                (
                    ThemePart(
                        "Rijksinkoop",
                        (
                            Row(
                                "Wet wijzigen",
                                "Voorkomen van misstanden",
                                "SZW (coördinerend departement)",
                                "2022-2025",
                                "Voltooid",
                                explanation,
                                number="1.1.1",
                            ),
                            Row(
                                "Onderzoek doen",
                                "",
                                "RIVM, in opdracht van IenW",
                                "2-jaarlijkse monitor",
                                "In uitvoering maar met vertraging",
                                RichText(),
                                number="1.1.2",
                            ),
                        ),
                    ),
                ),
            ),
            PillarPart(
                2,
                "De verantwoordelijkheid van het bedrijfsleven",
                RichText(),
                (
                    ThemePart(
                        "Sectorale samenwerking",
                        (
                            Row(
                                "Kader opstellen",
                                "Steun aan sectoren",
                                "BZ",
                                "Vanaf 2022",
                                "Doorlopend",
                                parse("<p>Zie Stcrt. 2024, 25516.</p>"),
                                number="2.1.1",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        reference_date=date(2025, 10, 1),
        edition=2,
        published_on=date(2025, 12, 12),
        note="In actiepunt 1.1.1 is een verwijzing verbeterd.",
        labels=(
            Label("Doorlopend", "ongoing"),
            Label("In uitvoering maar met vertraging", "needs_attention"),
            Label("Voltooid", "done"),
        ),
        changes=Changes(
            2024,
            (
                Change(
                    ChangeKind.MOVED,
                    "1.1.1",
                    "Wet wijzigen",
                    "In uitvoering maar met vertraging",
                    "Voltooid",
                ),
                Change(ChangeKind.REWRITTEN, "1.1.1", "Wet wijzigen"),
                Change(ChangeKind.REWORDED, "1.1.2", "Onderzoek doen", fields=("goal", "timeline")),
                Change(ChangeKind.ADDED, "2.1.1", "Kader opstellen"),
                Change(ChangeKind.ENDED, "1.1.3", "Gids maken"),
            ),
        ),
    )
