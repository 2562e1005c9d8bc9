"""The data of the site, described for data portals (DCAT-AP-NL 3.0) and search engines.

Each year of a plan is a dataset: what its action points stood like, as its report published it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actions.export.formats import MEDIA_TYPES, Format
from actions.export.readme import LICENCE
from actions.models import ReportingRound
from reports.models import Edition

# Gives a path of this site its whole address.
Absolute = Callable[[str], str]

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LISTS = "http://publications.europa.eu/resource/authority/"
_LICENCE = {"@id": f"{LICENCE}deed.nl", "@type": "dct:LicenseDocument"}
_DUTCH = {"@id": f"{_LISTS}language/NLD", "@type": "dct:LinguisticSystem"}
# "Government and public sector" and "Economy and finance".
_THEMES = [
    {"@id": f"{_LISTS}data-theme/{code}", "@type": "skos:Concept", "skos:prefLabel": labels}
    for code, labels in (
        ("GOVE", [{"@value": "Overheid en publieke sector", "@language": "nl"}]),
        ("ECON", [{"@value": "Economie en financiën", "@language": "nl"}]),
    )
]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A published year of a plan, and since when it is as it is."""

    round: ReportingRound
    issued: date
    modified: date

    @property
    def path(self) -> str:
        """Of the page on the files, which describes the dataset."""
        address = reverse("actions:export_about", args=[self.round.plan.slug])
        return f"{address}?jaar={self.round.year}"

    def name(self, absolute: Absolute) -> str:
        """Names the dataset, in both languages: it is another thing than the page about it."""
        with translation.override("nl"):
            return f"{absolute(self.path)}#dataset"

    def title(self) -> str:
        words = {"plan": self.round.plan.title, "year": self.round.year}
        return _("%(plan)s: state of play in %(year)s") % words

    def description(self) -> str:
        return _(
            "For each action point of the plan: its goal, who is responsible, its timeline, how it "
            "stood in %(year)s and the explanation, as published in the yearly progress report."
        ) % {"year": self.round.year}

    def files(self) -> Iterable[tuple[Format, str]]:
        table = reverse("actions:action_point_list", args=[self.round.plan.slug])
        return [(each, f"{table}export.{each}?jaar={self.round.year}") for each in Format]


def datasets(rounds: Iterable[ReportingRound] | None = None) -> list[Dataset]:
    """Of these published rounds, or of all; the latest first. One query."""
    editions = Edition.objects.select_related("round__plan").defer("document")
    if rounds is not None:
        editions = editions.filter(round__in=rounds)
    by_round: dict[int, list[Edition]] = {}
    for edition in editions.order_by("-round__year", "round__plan__slug", "number"):
        by_round.setdefault(edition.round_id, []).append(edition)
    return [
        Dataset(first.round, issued=first.published_on, modified=each[-1].published_on)
        for each in by_round.values()
        for first in each[:1]
    ]


# --- DCAT-AP-NL ---------------------------------------------------------------


def dcat(absolute: Absolute) -> dict:
    """The catalogue of all datasets, as JSON-LD."""
    # Addresses and names are the Dutch ones, whoever asks.
    with translation.override("nl"):
        described = [_dcat_dataset(each, absolute) for each in datasets()]
        home = absolute(reverse("actions:home"))
        return {
            "@context": _CONTEXT,
            "@id": absolute(reverse("catalogue")),
            "@type": "dcat:Catalog",
            "dct:title": _in_both(lambda: _("Data of the NAP monitor")),
            "dct:description": _in_both(
                lambda: _("How the Dutch plan on business and human rights stands, year by year.")
            ),
            "dct:publisher": _agent(settings.ORGANISATION),
            "dct:license": _LICENCE,
            "dct:language": _DUTCH,
            "foaf:homepage": {"@id": home, "@type": "foaf:Document"},
            "dcat:contactPoint": _contact(home),
            "dcat:themeTaxonomy": {
                "@id": f"{_LISTS}data-theme",
                "@type": "skos:ConceptScheme",
                "dct:title": "Data theme",
            },
            "dcat:dataset": described,
        }


def _dcat_dataset(dataset: Dataset, absolute: Absolute) -> dict:
    year, address = dataset.round.year, absolute(dataset.path)
    name = dataset.name(absolute)
    publisher = _agent(dataset.round.plan.publisher)
    return {
        "@id": name,
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": _in_both(dataset.title),
        "dct:description": _in_both(dataset.description),
        "dct:publisher": publisher,
        "dct:creator": publisher,
        "dcat:contactPoint": _contact(absolute(reverse("actions:home"))),
        "dct:accessRights": {"@id": f"{_LISTS}access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dcat:theme": _THEMES,
        "dct:language": _DUTCH,
        "dct:issued": _day(dataset.issued),
        "dct:modified": _day(dataset.modified),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(date(year, 1, 1)),
            "dcat:endDate": _day(date(year, 12, 31)),
        },
        "dcat:landingPage": {"@id": address, "@type": "foaf:Document"},
        "dcat:distribution": [
            {
                "@id": absolute(path),
                "@type": "dcat:Distribution",
                "dct:title": each.label,
                "dcat:accessURL": {"@id": absolute(path)},
                "dcat:downloadURL": {"@id": absolute(path)},
                "dct:license": _LICENCE,
                "dct:language": _DUTCH,
                "dct:modified": _day(dataset.modified),
                "dct:format": {
                    "@id": f"{_LISTS}file-type/{each.name}",
                    "@type": "dct:MediaTypeOrExtent",
                },
                "dcat:mediaType": {
                    "@id": f"https://www.iana.org/assignments/media-types/{_media_type(each)}",
                    "@type": "dct:MediaType",
                },
            }
            for each, path in dataset.files()
        ],
    }


def _in_both(text: Callable[[], str]) -> list[dict]:
    texts = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts.append({"@value": text(), "@language": language})
    return texts


def _day(day: date) -> dict:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _agent(name: str) -> dict:
    return {"@type": "foaf:Agent", "foaf:name": {"@value": name, "@language": "nl"}}


def _contact(home: str) -> dict:
    """Where to ask about the data: the site itself, as long as no e-mail address is named."""
    contact = {
        "@type": ["vcard:Organization", "vcard:Kind"],
        "vcard:fn": {"@value": settings.ORGANISATION, "@language": "nl"},
        "vcard:hasURL": {"@id": home},
    }
    if settings.CONTACT_EMAIL:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{settings.CONTACT_EMAIL}"}
    return contact


def _media_type(each: Format) -> str:
    return MEDIA_TYPES[each].partition(";")[0]


# --- schema.org ---------------------------------------------------------------


def schema_org(dataset: Dataset, absolute: Absolute) -> str:
    """A dataset as the text of a script of JSON-LD, in the language of the page."""
    publisher = {"@type": "GovernmentOrganization", "name": dataset.round.plan.publisher}
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": dataset.title(),
        "description": dataset.description(),
        "url": absolute(dataset.path),
        "identifier": dataset.name(absolute),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": publisher,
        "publisher": publisher,
        "inLanguage": "nl",
        "temporalCoverage": str(dataset.round.year),
        "datePublished": dataset.issued.isoformat(),
        "dateModified": dataset.modified.isoformat(),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": _media_type(each),
                "contentUrl": absolute(path),
            }
            for each, path in dataset.files()
        ],
    }
    # Nothing in it can end the script, nor begin another.
    return json.dumps(described).translate({ord(each): f"\\u{ord(each):04x}" for each in "<>&"})
