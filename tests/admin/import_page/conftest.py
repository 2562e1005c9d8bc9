"""An open round, a report of it that was edited, and who reads it in."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.richtext.html import parse
from reports.build import build
from reports.document import Section
from reports.writers import json_file
from tests import factories
from tests.admin.import_page.page import at, page_of, versions_on
from tests.reports.edited import edit


@pytest.fixture
def in_round(ministry):
    """An open round with three points and an introduction."""
    theme = factories.theme(pillar=factories.pillar(plan=factories.plan()))
    in_round = factories.reporting_round(plan=theme.plan)
    status = factories.status(label="Doorlopend")
    factories.status(label="Voltooid")
    for title in ("Wet over mensenhandel", "Gids maken", "Onderzoek doen"):
        point = factories.action_point(theme=theme, title=title)
        factories.responsibility(action_point=point, organisation=ministry)
        factories.status_entry(action_point=point, round=in_round, status=status)
    factories.report_text(round=in_round, title="Inleiding", body="<p>Een inleiding.</p>")
    return in_round


@pytest.fixture
def edited(in_round):
    """The report as edited: two points and the introduction are different."""
    report = edit(build(in_round), "Wet", status="Voltooid")
    report = edit(report, "Gids", explanation="<p>Een andere toelichting.</p>")
    return replace(report, sections=(Section("Inleiding", parse("<p>Een betere.</p>")),))


@pytest.fixture
def as_coordinator(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def send(as_coordinator, in_round):
    """Sends a file, and returns the page that follows."""

    def post(data, name="rapportage.docx"):
        file = SimpleUploadedFile(name, data if isinstance(data, bytes) else json_file.write(data))
        return as_coordinator.post(page_of(in_round), {"file": file}, follow=True)

    return post


@pytest.fixture
def apply(as_coordinator):
    """Sends what is ticked on a page, or these keys instead, and returns the answer."""

    def post(page, *keys, client=as_coordinator):
        keys = keys or page.context["chosen"]
        return client.post(at(page), {key: versions_on(page)[key] for key in keys})

    return post
