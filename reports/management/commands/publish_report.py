"""`manage.py publish_report --plan SLUG --year YEAR --by NAME`: the next edition of a report."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from actions.models import ReportingRound
from actions.services import Refused
from reports import services
from reports.errors import ReportError
from reports.formats import write_all


class Command(BaseCommand):
    help = _("Publishes the report of a closed round, as a new edition in all formats.")

    def add_arguments(self, parser):
        parser.add_argument("--plan", required=True, help=_("the plan's short name in addresses"))
        parser.add_argument("--year", required=True, type=int, help=_("the year reported on"))
        parser.add_argument("--by", required=True, help=_("the coordinator who publishes"))
        parser.add_argument("--note", default="", help=_("what was corrected, in a later edition"))
        parser.add_argument("--on", help=_("the day of publication, such as 2025-12-12"))

    def handle(self, *, plan, year, by, note, on, **options):
        values = {"reporting_round": _round(plan, year), "by": _person(by)}
        try:
            document = services.document_to_publish(**values, note=note, on=_day(on))
            files = []
            for file in write_all(document):
                files.append(file)
                self.stdout.write(
                    _("%(format)s written, %(size)d kB.")
                    % {"format": file.format.label, "size": len(file.content) // 1000}
                )
            edition = services.publish(**values, document=document, files=files)
        except (Refused, ReportError) as error:
            raise CommandError(_("%s Nothing has been published.") % error) from error
        except (OSError, DatabaseError) as error:
            # A disk that is full, a database that has gone away.
            why = _("Something went wrong that should not: %s.") % error
            raise CommandError(_("%s Nothing has been published.") % why) from error
        except PermissionDenied:
            raise CommandError(_("“%s” is not a coordinator, and cannot publish.") % by) from None
        self.stdout.write(_("Published: %s.") % edition)


def _round(plan, year):
    found = ReportingRound.objects.filter(plan__slug=plan, year=year).first()
    if found is None:
        raise CommandError(
            _("There is no round of %(year)s in a plan “%(plan)s”.") % {"year": year, "plan": plan}
        )
    return found


def _person(username):
    found = get_user_model().objects.filter(username=username).first()
    if found is None:
        raise CommandError(_("There is no user “%s”.") % username)
    return found


def _day(text):
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(_("“%s” is not a date such as 2026-12-01.") % text)
    return day
