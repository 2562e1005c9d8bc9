"""`manage.py import_report FILE --plan SLUG --year YEAR`: a published report into the register."""

from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.models import Plan, ReportingRound
from reports.apply import Summary, apply
from reports.errors import ReportError
from reports.readers import read_with_margin, upload

OUTCOMES = {
    "created": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "deleted": gettext_lazy("removed"),
}


class Command(BaseCommand):
    help = _("Reads a published report into the register.")

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help=_("the report as DOCX, ODT, JSON or plain text in UTF-8")
        )
        parser.add_argument("--plan", required=True, help=_("the plan's short name in addresses"))
        parser.add_argument("--year", required=True, type=int, help=_("the year reported on"))
        parser.add_argument(
            "--create-statuses",
            action="store_true",
            help=_("add a state of play that does not exist yet, instead of refusing it"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("show what would change, and change nothing")
        )

    def handle(self, *, file, plan, year, create_statuses, dry_run, **options):
        try:
            document, margin = read_with_margin(_bytes(file))
            summary = apply(
                replace(document, year=year),
                plan=_plan(plan),
                year=year,
                reason=_("Import of %s") % file.name,
                create_statuses=create_statuses,
                dry_run=dry_run,
            )
        except ReportError as error:
            raise CommandError(_("%s Nothing has been changed.") % _sentence(error)) from error
        if document.year and document.year != year:
            self.stdout.write(
                _("Note: the cover says %(cover)s, and it was read as the report of %(year)s.")
                % {"cover": document.year, "year": year}
            )
        for sentence in margin.sentences():
            self.stdout.write(_("Note: %s") % sentence)
        self._print(summary, dry_run=dry_run)
        if not dry_run:
            self._tell_to_publish(plan, year)

    def _tell_to_publish(self, plan, year):
        reporting_round = ReportingRound.objects.get(plan__slug=plan, year=year)
        if not reporting_round.is_published:
            note = " --note …" if reporting_round.edition else ""
            self.stdout.write(
                _("The public does not see this yet. Publish it: %s")
                % f"manage.py publish_report --plan {plan} --year {year} --by …{note}"
            )

    def _print(self, summary: Summary, *, dry_run: bool):
        for title, names in (
            (_("New"), summary.created),
            (_("Changed"), summary.changed),
            (_("In the plan, missing from the file"), summary.missing),
        ):
            if names:
                self.stdout.write(f"{title}:")
                for name in names:
                    self.stdout.write(f"  {name}")
        for new, missing in summary.alike:
            self.stdout.write(
                _(
                    "“%(new)s” is new and much like “%(missing)s”, which is missing. If they are "
                    "one point, first give the old one the new title; a dry run shows this in time."
                )
                % {"new": new, "missing": missing}
            )
        for number, wording in summary.unread:
            self.stdout.write(
                _(
                    "%(number)s: in “%(wording)s” no organisation was recognised; who is "
                    "responsible stays as it was."
                )
                % {"number": number, "wording": wording}
            )
        outcomes = [outcome for outcome in OUTCOMES if _total(summary, outcome)]
        models = list(dict.fromkeys(model for model, _outcome in summary.counts))
        names = [str(model._meta.verbose_name_plural) for model in models]
        width = max(map(len, names))
        heads = [str(OUTCOMES[outcome]) for outcome in outcomes]
        self.stdout.write(f"{'':{width}}  {'  '.join(heads)}")
        for model, name in zip(models, names, strict=True):
            cells = (
                f"{summary.counts[model, outcome]:>{len(head)}}"
                for outcome, head in zip(outcomes, heads, strict=True)
            )
            self.stdout.write(f"{name:{width}}  {'  '.join(cells)}")
        self.stdout.write(
            ngettext(
                "Missing from the file: %d action point.",
                "Missing from the file: %d action points.",
                len(summary.missing),
            )
            % len(summary.missing)
        )
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing has been changed."))


def _total(summary, outcome):
    return sum(count for (_model, kind), count in summary.counts.items() if kind == outcome)


def _sentence(error):
    text = str(error)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _plan(slug: str) -> Plan:
    try:
        return Plan.objects.get(slug=slug)
    except Plan.DoesNotExist:
        known = ", ".join(Plan.objects.values_list("slug", flat=True)) or _("none")
        raise ReportError(
            _("There is no plan “%(slug)s”. Known plans: %(known)s.")
            % {"slug": slug, "known": known}
        ) from None


def _bytes(path: Path) -> bytes:
    """The content of a file, with a sentence where it cannot be had."""
    try:
        if path.stat().st_size > upload.MAX_BYTES:
            raise upload.too_large()
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError(_("The file %s does not exist.") % path) from None
    except OSError as error:
        raise ReportError(
            _("The file %(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
        ) from None
