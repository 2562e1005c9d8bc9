"""What an export says of itself: where it comes from, of when it is, what it may be used for."""

from typing import NamedTuple

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.export.selection import Selection
from actions.tables import EntryTable
from actions.templatetags.pages import printable

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


class Fact(NamedTuple):
    label: str
    text: str
    # Content is Dutch, also on an English page.
    language: str = ""


def facts_of(selection: Selection) -> list[Fact]:
    """What there is to say, in the language of the page; a label can come again."""
    reporting_round, plan = selection.round, selection.plan
    day = reporting_round.published_reference_date
    return [
        Fact(_("Plan"), plan.title, "nl"),
        Fact(_("Year"), str(reporting_round.year)),
        Fact(_("Reference date"), date_format(day, "j F Y") if day else _("not recorded")),
        Fact(_("Source"), _source(selection), "nl"),
        Fact(_("Licence"), _("CC0 1.0: free to use for any purpose (%s)") % LICENCE),
        *_chosen(selection),
        Fact(_("Order"), _order(selection)),
        *_ignored(selection),
        Fact(_("The same as a table"), selection.address),
    ]


def metadata_of(selection: Selection) -> dict:
    """The same for programs: keys and values that do not depend on the language."""
    reporting_round, plan = selection.round, selection.plan
    day = reporting_round.published_reference_date
    return {
        "plan": plan.slug,
        "title": plan.title,
        "publisher": plan.publisher,
        "year": reporting_round.year,
        "referenceDate": day and day.isoformat(),
        "edition": reporting_round.edition,
        "licence": LICENCE,
        "source": selection.address,
        "about": selection.about_address,
        "filters": _filters(selection),
        "sort": selection.sort or "number",
        "ignored": [
            {"name": each.name, "value": printable(each.value)} for each in selection.ignored
        ],
    }


def _filters(selection: Selection) -> dict:
    """The values of each filter that filters, the text that is searched for, and the year."""
    filterset = selection.filterset
    values: dict = {}
    for each in filterset.active:
        values.setdefault(each.name, []).append(each.value)
    if filterset.text:
        values["q"] = filterset.text
    return {"jaar": str(selection.round.year), **values}


@translation.override("nl")
def _source(selection: Selection) -> str:
    """As one would cite it: the report is Dutch, whatever the language of the page."""
    reporting_round, plan = selection.round, selection.plan
    report = reporting_round.published_title or _("Progress report")
    edition = _("edition %(number)s") % {"number": reporting_round.edition}
    return f"{plan.publisher}, {report} {reporting_round.year}, {edition}"


def _chosen(selection: Selection) -> list[Fact]:
    everything = _("none: all action points of %(year)s") % {"year": selection.round.year}
    return [
        Fact(f"{_('Filter')}: {each.label}", each.text, "nl") for each in selection.filterset.active
    ] or [Fact(_("Filter"), everything)]


def _ignored(selection: Selection) -> list[Fact]:
    return [
        Fact(_("Ignored"), f"{label}: “{printable(value)}”" + (f" ({why})" if why else ""))
        for _name, label, value, why in selection.ignored
    ]


def _order(selection: Selection) -> str:
    if not selection.sort:
        return _("that of the plan")
    return EntryTable.order_named(selection.sort)
