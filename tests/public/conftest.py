"""A small plan with two published years and one in the making, and the real plan."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command

from actions.models import ReportingRound, Status, Succession
from tests import factories
from tests.public.page import Page

# Stands in every text of the round that is not published. No page may ever show it.
DRAFT = "Konijnenhok"


@pytest.fixture
def get(client):
    """Get a page that must be there, to look at."""

    def get_page(address, **query):
        response = client.get(address, query)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        return Page(response.content.decode())

    return get_page


@pytest.fixture
def download(client):
    """Downloads an export that must be there."""

    def get_file(name, prefix="/en", **query):
        response = client.get(f"{prefix}/nap/actiepunten/export.{name}", query)
        assert response.status_code == 200
        return response.getvalue()

    return get_file


def publish_again(nap):
    """What has changed in the years of the plan becomes public: of each a new edition."""
    for of_year in nap.rounds.values():
        factories.publish(of_year)


@pytest.fixture
def nap(db):
    """Pillar 1 with themes 1.1 (two points) and 1.2 (one), pillar 2 with theme 2.1 (one point).

    EZK was responsible for 1.1.1 until 2022, EZ is since 2023; BZ coordinates 1.1.2 and 1.2.1.
    The report on 2022 has been corrected once.
    """
    plan = factories.plan(slug="nap", title="Nationaal Actieplan")
    done = factories.status(label="Voltooid", slug="voltooid", tone=Status.Tone.DONE, position=1)
    late = factories.status(
        label="Vertraagd", slug="vertraagd", tone=Status.Tone.NEEDS_ATTENTION, position=2
    )
    protect = factories.pillar(plan=plan, title="Beschermen")
    respect = factories.pillar(plan=plan, title="Respecteren")
    labour = factories.theme(pillar=protect, title="Arbeid")
    buying = factories.theme(pillar=protect, title="Inkoop")
    care = factories.theme(pillar=respect, title="Zorgvuldigheid")
    points = [
        factories.action_point(theme=labour, title="Arbeid eerst", goal="Misstanden voorkomen"),
        factories.action_point(theme=labour, title="Arbeid daarna", goal="Daders vervolgen"),
        factories.action_point(theme=buying, title="Inkoop", goal="Eerlijk inkopen"),
        factories.action_point(theme=care, title="Zorgvuldigheid", goal="Wetgeving"),
    ]
    bz = factories.organisation(abbreviation="BZ", name="Ministerie van Buitenlandse Zaken")
    ezk = factories.organisation(
        abbreviation="EZK", name="Ministerie van Economische Zaken en Klimaat", last_year=2022
    )
    ez = factories.organisation(
        abbreviation="EZ", name="Ministerie van Economische Zaken", first_year=2023
    )
    Succession.objects.create(predecessor=ezk, successor=ez, kind="split", year=2023)
    factories.responsibility(action_point=points[0], organisation=ezk, last_year=2022)
    factories.responsibility(action_point=points[0], organisation=ez, first_year=2023)
    for point in points[1:3]:
        factories.responsibility(action_point=point, organisation=bz, role="coordinating")
    rounds = {
        year: factories.reporting_round(plan=plan, year=year, stage="published")
        for year in (2022, 2023)
    }
    for year, of_year in rounds.items():
        for point, status in zip(points, (done, late, done, late), strict=True):
            factories.status_entry(
                action_point=point,
                round=of_year,
                status=status,
                stage="approved",
                explanation=f"<p>Zo stond {point.number} er in {year} voor "
                "(Kamerstuk 26 485, nr. 323).</p>",
            )
        factories.report_text(round=of_year, body=f"<p>Inleiding van {year}.</p>")
        factories.edition_files(factories.publish(of_year))
    factories.edition_files(factories.publish(rounds[2022]))
    return SimpleNamespace(
        plan=plan, points=points, rounds=rounds, done=done, late=late, bz=bz, ez=ez, ezk=ezk
    )


@pytest.fixture
def draft(nap):
    """The round of 2024 is being made: new wording, texts, a point, a theme, a body of its own."""
    of_year = factories.reporting_round(plan=nap.plan, year=2024, title=f"Verslag {DRAFT}")
    factories.report_text(round=of_year, title=DRAFT, body=f"<p>{DRAFT}</p>")
    status = factories.status(label=f"Stand {DRAFT}", slug=f"stand-{DRAFT.lower()}")
    for point in nap.points:
        factories.status_entry(
            action_point=point,
            round=of_year,
            status=status,
            explanation=f"<p>{DRAFT} (Kamerstuk 31 985, nr. 80)</p>",
        )
        # The point is worded anew; the published years keep how they worded it.
        point.title = point.goal = point.responsibility = point.timeline = DRAFT
        point.title_en = point.goal_en = DRAFT
        point.save()
    theme = factories.theme(pillar=nap.points[0].theme.pillar, title=f"Thema {DRAFT}")
    point = factories.action_point(theme=theme, title=DRAFT)
    body = factories.organisation(abbreviation=DRAFT, name=f"Ministerie van {DRAFT}")
    entry = factories.status_entry(
        action_point=point, round=of_year, status=status, responsible=body
    )
    factories.responsibility(action_point=nap.points[0], organisation=body, first_year=2024)
    return SimpleNamespace(round=of_year, theme=theme, point=point, body=body, entry=entry)


@pytest.fixture
def real(db):
    """The real plan with its published year."""
    call_command("loaddata", "nap-2022-2026", "round-2024", verbosity=0)
    factories.publish(ReportingRound.objects.get())
    return "/nap-2022-2026/"
