"""Reading an edited report into an open round, as far as a coordinator chose."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.models import ReportingRound
from actions.richtext.html import serialise
from actions.services import Conflict, Content, Refused, save_entry
from actions.services.rules import locked_round, sign
from reports.document import ReportDocument
from reports.models import ReportText
from reports.proposals import Proposal, TextProposal, compare, version_of


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the proposals that were chosen: how many there are of each.

    What is `there_already` the round says without being told; what is `gone` is no longer proposed,
    as what it was about has left the round or has another place in it.
    """

    written: int
    there_already: int
    gone: int


@transaction.atomic
def apply_proposals(
    *,
    reporting_round: ReportingRound,
    document: ReportDocument,
    versions: Mapping[str, str],
    by,
    reason: str = "",
) -> Applied:
    """Write what a document proposes for an open round, as far as it was chosen. All or nothing.

    `versions` has the keys of the proposals that were chosen, each with the version that was seen.
    Where somebody else has saved in the meantime, `Conflict` or `Refused` says so. What says
    already what the document says is not written again.
    """
    reporting_round = locked_round(reporting_round, by)
    if not reporting_round.is_open:
        raise Refused(
            _("The round of %(year)s is not open, so nothing in it can be changed.")
            % {"year": reporting_round.year}
        )
    comparison = compare(document, reporting_round)
    proposals = [each for each in comparison.proposals if each.key in versions]
    texts = [each for each in comparison.texts if each.key in versions]
    for proposal in proposals:
        _save_entry(proposal, versions[proposal.key], by, reason)
    for text in texts:
        _save_text(text, versions[text.key], by, reason)
    written = {each.key for each in (*proposals, *texts)}
    there_already = versions.keys() & comparison.same
    gone = versions.keys() - written - there_already
    return Applied(len(written), len(there_already), len(gone))


def _save_entry(proposal: Proposal, version: str, by, reason: str):
    entry = proposal.entry
    if proposal.version != version:
        raise Conflict(entry)
    # A text that stays keeps its links; those of the document are only what writers put in.
    explanation = serialise(proposal.explanation) if proposal.rewrites else entry.explanation
    content = Content(proposal.status, explanation)
    save_entry(entry=entry, version=entry.version, content=content, by=by, reason=reason)


def _save_text(proposal: TextProposal, version: str, by, reason: str):
    text = proposal.text
    if not text._state.adding:
        text = ReportText.objects.select_for_update().get(pk=text.pk)
    if version_of(text) != version:
        raise Refused(_("Somebody else has changed the text “%s” in the meantime.") % text.title)
    text.body = serialise(proposal.body)
    try:
        text.full_clean()
    except ValidationError as error:
        raise Refused(f"“{text.title}”: {' '.join(error.messages)}") from None
    sign(text, by, reason).save()
