"""What looked odd, and was looked at."""

from django.db import transaction
from django.utils.translation import gettext as _

from actions.models import SeenFinding
from actions.plausibility import Finding
from actions.services.rules import Refused, locked_round


@transaction.atomic
def mark_finding_seen(*, finding: Finding, reason: str, by) -> SeenFinding:
    """Record that a coordinator has looked at a finding, and why it may stay so.

    What has been marked already, by a double click or by a colleague, keeps its first reason.
    """
    reporting_round = locked_round(finding.entry.round, by)
    if reporting_round.is_published:
        raise Refused(
            _("The round of %(year)s is published, so nothing in it can be changed.")
            % {"year": reporting_round.year}
        )
    if not reason.strip():
        raise Refused(_("Say why this may stay as it is."))
    seen, _is_new = SeenFinding.objects.get_or_create(
        entry=finding.entry,
        check_name=finding.check,
        evidence=finding.evidence,
        defaults={"reason": reason.strip(), "by": by},
    )
    return seen
