"""The page on which a coordinator reads an edited report back into an open round.

First the file is chosen. Then the page says what would change, point by point; what is ticked there
is written. The version of each entry that the person saw travels as the value of its box, so that
whoever comes second is told.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import permissions
from actions.admin.round_page import Offer, Page, address_of
from actions.richtext.html import clean_text
from actions.services import Conflict, Refused
from reports import readers
from reports.errors import ReportError
from reports.held import Held, held_for, hold
from reports.proposals import Comparison, compare, with_history
from reports.readers import upload
from reports.services import apply_proposals
from reports.services.proposals import Applied


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with the report"),
        help_text=gettext_lazy(
            "Word (.docx), OpenDocument (.odt), JSON or plain text, of at most 10 MB."
        ),
        # That it is empty is said by the reader, as all that is wrong with a file.
        allow_empty_file=True,
    )

    def __init__(self, reporting_round, *args):
        super().__init__(*args)
        self.round = reporting_round

    def clean_file(self):
        """The report in the file, if it is one that says something of this round."""
        file = self.cleaned_data["file"]
        try:
            if file.size > upload.MAX_BYTES:
                raise upload.too_large()
            document, margin = readers.read_with_margin(file.read())
            compare(document, self.round)
        except ReportError as error:
            raise forms.ValidationError(str(error)) from None
        # A name is shown, kept in the history and used for nothing else.
        return Held(document, clean_text(file.name)[-100:], margin)


def import_report(model_admin, request, reporting_round):
    """Take a file, or show what it would change, or write what was ticked of that."""
    if not permissions.is_coordinator(request.user):
        raise Http404
    if not reporting_round.is_open:
        messages.error(request, _("A report can only be read into an open round."))
        return redirect(address_of(reporting_round))
    page = _ImportPage(model_admin, request, reporting_round)
    name = request.GET.get("report")
    if name is None:
        return page.take() if request.method == "POST" else page.choose()
    held = held_for(request, reporting_round, name)
    if held is None:
        messages.error(request, _("What you saw is no longer valid. Choose the file again."))
        return redirect(request.path)
    try:
        return page.apply(held) if request.method == "POST" else page.show(held)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect(request.path)


class _ImportPage:
    def __init__(self, model_admin, request, reporting_round):
        self.model_admin, self.request, self.round = model_admin, request, reporting_round

    def choose(self, form=None):
        return self._respond({"form": form or FileForm(self.round)})

    def take(self):
        """Hold the report that was sent, and go where it is shown."""
        form = FileForm(self.round, self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.choose(form)
        try:
            name = hold(self.request, self.round, form.cleaned_data["file"])
        except ReportError as error:
            form.add_error("file", str(error))
            return self.choose(form)
        return redirect(f"{self.request.path}?{urlencode({'report': name})}")

    def show(self, held, versions=None, status=200):
        """What the report would change. At first what seems meant is ticked.

        Later that is what was chosen, `versions`, as far as it is still what the person saw.
        """
        comparison = with_history(compare(held.document, self.round))
        is_other_year = held.document.year != self.round.year
        if versions is not None:
            chosen = _still_chosen(comparison, versions)
        else:
            chosen = set() if is_other_year else _likely_meant(comparison)
        context = {
            "comparison": comparison,
            "chosen": chosen,
            "document": held.document,
            "file_name": held.file_name,
            "margin": held.margin.sentences(),
            "is_other_year": is_other_year,
        }
        return self._respond(context, status)

    def apply(self, held):
        versions = self._versions()
        if not versions:
            messages.warning(
                self.request, _("You have not chosen anything, so nothing has been read in.")
            )
            return self.show(held, versions)
        try:
            applied = apply_proposals(
                reporting_round=self.round,
                document=held.document,
                versions=versions,
                by=self.request.user,
                reason=_("Read in from %s") % held.file_name,
            )
        except (Conflict, Refused) as why:
            return self._told(why, held, versions)
        self._say_done(applied)
        return redirect(address_of(self.round))

    def _versions(self):
        """What was ticked, by its key, with the version that the person saw."""
        return {
            key: value
            for key, value in self.request.POST.items()
            if key.startswith(("entry-", "pillar-", "section-"))
        }

    def _told(self, why, held, versions):
        """Show the comparison anew, as the round is now: nothing has been written."""
        said = f"{why.entry.number}: {why}" if isinstance(why, Conflict) else str(why)
        messages.error(
            self.request,
            _("%s Nothing has been read in. Below is what would change now.") % said,
        )
        return self.show(held, versions, status=409)

    def _say_done(self, applied: Applied):
        if number := applied.written:
            said = ngettext("%d change has been read in.", "%d changes have been read in.", number)
            messages.success(self.request, said % number)
        if number := applied.there_already:
            said = ngettext(
                "%d change was there already.", "%d changes were there already.", number
            )
            messages.info(self.request, said % number)
        if number := applied.gone:
            said = ngettext(
                "%d change has not been read in: what you saw is no longer there. Choose the file "
                "again to see what would change now.",
                "%d changes have not been read in: what you saw is no longer there. Choose the "
                "file again to see what would change now.",
                number,
            )
            messages.warning(self.request, said % number)

    def _respond(self, context, status=200):
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            "opts": self.model_admin.opts,
            "title": _("Read in a report: %(year)s") % {"year": self.round.year},
            "original": self.round,
            "round": self.round,
            **context,
        }
        return TemplateResponse(
            self.request, "admin/reports/import/page.html", context, status=status
        )


def _likely_meant(comparison: Comparison) -> set[str]:
    return {each.key for each in comparison.all_proposals if each.is_likely_meant}


def _still_chosen(comparison: Comparison, versions: dict[str, str]) -> set[str]:
    proposals = comparison.all_proposals
    return {each.key for each in proposals if each.version == versions.get(each.key)}


def _offer(reporting_round, user) -> Offer | None:
    may_read_in = reporting_round.is_open and permissions.is_coordinator(user)
    return Offer(_("Read in a report")) if may_read_in else None


PAGE = Page("import", import_report, _offer)
