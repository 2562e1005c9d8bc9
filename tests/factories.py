"""Rows for tests: plain functions with sensible defaults, and the personas who use the site.

Whatever a test leaves out is made up here; whatever it cares about it says itself.
"""

from datetime import date
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet

from actions.models import (
    ActionPoint,
    Membership,
    Organisation,
    Pillar,
    Plan,
    PublishedEntry,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Theme,
)
from reports.build import build
from reports.checksums import checksum_of_bytes, checksum_of_document
from reports.formats import Format, WrittenFile
from reports.models import CoverLetter, Edition, EditionFile, ReportText, Subscriber
from reports.readers.json_file import from_data
from reports.writers import json_file
from reports.writers.json_file import to_data

PASSWORD = "correct-horse-battery-staple"

_serial = count(1)


# --- The plan ----------------------------------------------------------------


def plan(**values):
    return Plan.objects.create(
        **{
            "slug": f"plan-{next(_serial)}",
            "title": "Nationaal Actieplan",
            "publisher": "Ministerie van Buitenlandse Zaken",
            "start_year": 2022,
            "end_year": 2026,
        }
        | values
    )


def pillar(**values):
    of_plan = values.pop("plan", None) or plan()
    defaults = {"number": of_plan.pillars.count() + 1, "title": "Pijler"}
    return Pillar.objects.create(**defaults | values, plan=of_plan)


def theme(**values):
    of_pillar = values.pop("pillar", None) or pillar()
    defaults = {"position": of_pillar.themes.count() + 1, "title": f"Thema {next(_serial)}"}
    return Theme.objects.create(**defaults | values, pillar=of_pillar)


def action_point(**values):
    of_theme = values.pop("theme", None) or theme()
    return ActionPoint.objects.create(
        **{
            "title": f"Actiepunt {next(_serial)}",
            "goal": "Een doelstelling",
            "responsibility": "BZ",
            "timeline": "2022-2026",
            "first_year": of_theme.plan.start_year,
        }
        | values,
        theme=of_theme,
    )


# --- Who is responsible ------------------------------------------------------


def organisation(**values):
    number = next(_serial)
    return Organisation.objects.create(
        **{"abbreviation": f"ORG{number}", "name": f"Organisatie {number}", "kind": "ministry"}
        | values
    )


def responsibility(**values):
    of_point = values.pop("action_point", None) or action_point()
    by = values.pop("organisation", None) or organisation()
    defaults = {"role": Responsibility.Role.RESPONSIBLE, "first_year": of_point.first_year}
    return Responsibility.objects.create(
        **defaults | values, action_point=of_point, organisation=by
    )


# --- The yearly round --------------------------------------------------------


def status(**values):
    number = next(_serial)
    defaults = {"label": f"Stand {number}", "tone": Status.Tone.ONGOING, "position": number}
    return Status.objects.create(**defaults | values)


def reporting_round(**values):
    """An open round, unless the test says another stage. A published one has an edition."""
    of_plan = values.pop("plan", None) or plan()
    year = values.pop("year", of_plan.start_year + of_plan.rounds.count())
    defaults = {
        "title": "Voortgangsrapportage",
        "reference_date": date(year, 10, 1),
        "deadline": date(year, 12, 1),
        "stage": ReportingRound.Stage.OPEN,
        "edition": int(values.get("stage") == ReportingRound.Stage.PUBLISHED),
    }
    return ReportingRound.objects.create(**defaults | values, plan=of_plan, year=year)


def status_entry(*, responsible=None, **values):
    """An entry, by default of a new point in the open round of that point's plan.

    `responsible` is an organisation that answers for the point.
    """
    point = values.pop("action_point", None)
    in_round = values.pop("round", None)
    if point is None:
        pillars = {"pillar": pillar(plan=in_round.plan)} if in_round else {}
        point = action_point(theme=theme(**pillars))
    if in_round is None:
        in_round = point.plan.rounds.filter(stage="open").first() or reporting_round(
            plan=point.plan
        )
    if responsible:
        responsibility(action_point=point, organisation=responsible)
    of_status = values.pop("status") if "status" in values else status()
    defaults = {"explanation": "<p>Een toelichting.</p>"}
    return StatusEntry.objects.create(
        **defaults | values, action_point=point, round=in_round, status=of_status
    )


def published_entry(**values):
    """An entry of a published round."""
    if "round" not in values:
        point = values["action_point"] = values.get("action_point") or action_point()
        values["round"] = reporting_round(plan=point.plan, stage=ReportingRound.Stage.PUBLISHED)
    entry = status_entry(**{"stage": StatusEntry.Stage.APPROVED} | values)
    PublishedEntry.objects.publish(entry.round)
    return entry


def publish(in_round, **values):
    """An edition of a round as it is now, without files, whatever the stage of the round was."""
    number = in_round.editions.count() + 1
    in_round.stage, in_round.edition = ReportingRound.Stage.PUBLISHED, number
    in_round.keep_as_published()
    in_round.save()
    PublishedEntry.objects.publish(in_round)
    defaults = {
        "published_on": date(in_round.year + 1, 2, 1),
        "note": "Een verwijzing is verbeterd." if number > 1 else "",
    }
    facts = defaults | values
    data = to_data(build(in_round, edition=number, **facts))
    return Edition.objects.create(
        round=in_round,
        number=number,
        by=get_user_model().objects.filter(username="publisher").first()
        or user(username="publisher"),
        document=data,
        checksum=checksum_of_document(data),
        **facts,
    )


def put_in_stage(entry, stage, **values):
    """The entry in this stage as if it had come there, without a move and its row in the log."""
    QuerySet(StatusEntry).filter(pk=entry.pk).update(stage=stage, **values)
    entry.refresh_from_db()
    return entry


def written_files(document):
    """A file of this document in every format; only the JSON is what it says it is."""
    return [
        WrittenFile(
            each,
            json_file.write(document)
            if each == Format.JSON
            else f"{each.label} of {document.year}, edition {document.edition}".encode(),
        )
        for each in Format
    ]


def edition_files(edition):
    """The files of an edition, as `written_files` makes them."""
    return [
        EditionFile.objects.create(
            edition=edition,
            format=each.format,
            content=each.content,
            size=len(each.content),
            checksum=checksum_of_bytes(each.content),
        )
        for each in written_files(from_data(edition.document))
    ]


def report_text(**values):
    of_round = values.pop("round", None) or reporting_round()
    defaults = {"position": 1, "title": "Inleiding", "body": "<p>Een inleiding.</p>"}
    return ReportText.objects.create(**defaults | values, round=of_round)


def cover_letter(**values):
    of_round = values.pop("round", None) or reporting_round()
    return CoverLetter.objects.create(**{"dossier": "26 485"} | values, round=of_round)


def subscription(*, plan, theme=None, organisation=None, **values):
    """Someone is kept posted of a plan, of a theme or of an organisation."""
    email = values.pop("email", None) or f"lezer{next(_serial)}@nap.example"
    subscriber, _is_new = Subscriber.objects.get_or_create(
        email=email, plan=plan, defaults={"language": "nl", **values}
    )
    return subscriber.subscriptions.create(theme=theme, organisation=organisation)


# --- Personas ----------------------------------------------------------------


def user(*, group=None, member_of=None, **values):
    """A person who can sign in to the admin, with PASSWORD."""
    defaults = {"username": f"user{next(_serial)}", "is_staff": True}
    person = get_user_model().objects.create_user(**defaults | values, password=PASSWORD)
    if group:
        person.groups.add(Group.objects.get(name=group))
    if member_of:
        Membership.objects.create(user=person, organisation=member_of)
    return person


def coordinator(**values):
    """Someone at Foreign Affairs who runs the round."""
    return user(**{"group": "coordinator", "username": "coordinator"} | values)


def editor(*, member_of, **values):
    """Someone at a ministry who writes the entries of that ministry."""
    return user(**{"group": "editor", "username": "editor"} | values, member_of=member_of)


def other_editor(*, member_of, **values):
    """Someone at another ministry."""
    return editor(**{"username": "other-editor"} | values, member_of=member_of)


def reader(**values):
    """An auditor: sees everything, changes nothing."""
    return user(**{"group": "reader", "username": "reader"} | values)


def visitor(**values):
    """Someone with an account but no business in the admin."""
    return user(**{"username": "visitor", "is_staff": False} | values)
