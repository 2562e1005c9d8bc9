"""From the report to the register: write a document into the database, or say what would change.

A published report is the truth for its year: its wording, statuses and explanations become that
year's entries. Only the newest report also changes the action points themselves (wording,
responsibilities, dates, which points are still in the plan); an older one leaves the present alone.
"""

from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import product

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actions.models import (
    ActionPoint,
    EntryTransition,
    Organisation,
    Pillar,
    Plan,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Theme,
)
from actions.references_in_text import unlink_references
from actions.richtext.html import serialise
from actions.richtext.tree import RichText
from actions.wording import read_responsibility, read_timeline, title_key
from reports.document import PillarPart, ReportDocument, Row, ThemePart
from reports.errors import ReportError
from reports.models import ReportText

# Of 0 to 1: titles of different points of the plan of 2022-2026 stay below 0.6.
ALIKE = 0.8
# Of a text in a message, in characters.
SHORT = 60


@dataclass
class Summary:
    """What applying a document did, or would do.

    `counts` has a number per model and outcome; `created` and `changed` name what is new or
    different, `missing` the action points that the plan has and the document lacks, and `alike` the
    pairs of a new and a missing point whose titles differ so little that they may be one point.
    `unread` are points whose new responsibility names no organisation that could be recognised.
    """

    counts: Counter = field(default_factory=Counter)
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def apply(
    document: ReportDocument,
    *,
    plan: Plan,
    year: int,
    reason: str,
    create_statuses: bool = False,
    dry_run: bool = False,
) -> Summary:
    """Write a published report into the plan as the round of its year. All of it or nothing.

    `reason` is kept in the history of everything that changes. A ReportError says what does not
    fit; then nothing is written, as with `dry_run`.
    """
    # Two imports at once wait for each other here.
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    application = _Application(plan, year, reason, create_statuses)
    application.run(document)
    if dry_run:
        transaction.set_rollback(True)
    return application.summary


class _Application:
    def __init__(self, plan, year, reason, create_statuses):
        self.plan, self.year, self.reason = plan, year, reason
        self.create_statuses = create_statuses
        self.summary = Summary()
        later = plan.rounds.filter(year__gt=year)
        self.is_newest = not later.exists()
        self.is_reported_later = later.reported().exists()
        # Pillars and themes are the frame of a plan: once there, a report fits it or is refused.
        self.has_frame = plan.themes.exists()
        points = plan.action_points.in_order().select_related("theme__pillar")
        self.points = {point.pk: point for point in points}
        self.was_empty = not self.points
        self.point_keys = self._point_keys()
        self.statuses = {title_key(status.label): status for status in Status.objects.all()}

    def _point_keys(self):
        """Every title a point has or had, so that a report of any year finds its points."""
        keys = {}
        reported = ReportingRound.objects.reported().filter(plan=self.plan)
        entries = StatusEntry.objects.filter(round__in=reported)
        for pk, title in entries.values_list("action_point", "title"):
            keys[title_key(title)] = pk
        return keys | {title_key(point.title): pk for pk, point in self.points.items()}

    def run(self, document):
        if self.year not in self.plan.years:
            raise ReportError(
                _("%(year)s is outside the plan, which runs from %(first)s to %(last)s.")
                % {
                    "year": self.year,
                    "first": self.plan.start_year,
                    "last": self.plan.end_year,
                }
            )
        self._refuse_repeated_titles(document)
        self.round = self._round(document)
        self._texts(document)
        known, reported = set(self.points), set()
        for part in document.pillars:
            pillar = self._pillar(part)
            for theme_part in part.themes:
                theme = self._theme(pillar, theme_part)
                for row in theme_part.rows:
                    reported.add(self._row(theme, row).pk)
        self._refuse_missing_pillars(document)
        missing = [point for pk, point in self.points.items() if pk not in reported]
        self._missing(missing)
        self._await_publication()
        self._alike([point for pk, point in self.points.items() if pk not in known], missing)

    @staticmethod
    def _refuse_repeated_titles(document):
        seen = {}
        for row in document.rows():
            key = title_key(row.title)
            if key in seen:
                raise ReportError(
                    _("“%(title)s” is in the report twice (also at: %(source)s).")
                    % {"title": row.title, "source": seen[key]},
                    row.source,
                )
            seen[key] = row.source

    # --- The round and its texts ---

    def _round(self, document):
        found = self.plan.rounds.select_for_update().filter(year=self.year).first()
        if found and _is_being_worked_on(found):
            raise ReportError(
                _(
                    "The round of %(year)s is being worked on (%(stage)s). Reading a published "
                    "report into it would overwrite that work."
                )
                % {"year": self.year, "stage": found.get_stage_display()}
            )
        new = ReportingRound(plan=self.plan, year=self.year, stage=ReportingRound.Stage.CLOSED)
        return self._write(found or new, str(self.year), title=document.title)

    def _await_publication(self):
        """What changed in a published round waits for its next edition, as any correction does."""
        content = (ReportingRound, ReportText, StatusEntry)
        counts = self.summary.counts
        if self.round.is_published and any(
            counts[model, outcome]
            for model in content
            for outcome in ("changed", "created", "deleted")
        ):
            self.round.stage = ReportingRound.Stage.CLOSED
            self.round._change_reason = self.reason
            self.round.save()

    def _texts(self, document):
        texts = {text.position: text for text in self.round.report_texts.filter(pillar=None)}
        for position, section in enumerate(document.sections, start=1):
            text = texts.pop(position, None) or ReportText(round=self.round, position=position)
            body = _stored(section.body)
            self._write(text, section.title, section.source, title=section.title, body=body)
        for text in texts.values():
            self._delete(text, text.title)

    # --- Pillars and themes: the frame of the plan, which a report fills but does not alter ---

    def _pillar(self, part: PillarPart):
        pillars = list(self.plan.pillars.all())
        found = _with_title(pillars, part.title)
        if not found and (self.has_frame or part.number in {each.number for each in pillars}):
            raise ReportError(
                _("The plan has no pillar “%(title)s”. Its pillars are: %(known)s.")
                % {"title": part.title, "known": _listed(pillars)},
                part.source,
            )
        description = _stored(part.description)
        pillar = self._write(
            found or Pillar(plan=self.plan, number=part.number),
            part.title,
            part.source,
            **({} if found else {"title": part.title, "description": description}),
        )
        text = self.round.report_texts.filter(pillar=pillar).first()
        self._write(
            text or ReportText(round=self.round, pillar=pillar),
            part.title,
            part.source,
            title=part.title,
            body=description,
        )
        return pillar

    def _refuse_missing_pillars(self, document):
        """A report has every pillar of its plan: one that lacks any was cut off on its way here."""
        titles = {title_key(part.title) for part in document.pillars}
        if missing := [
            each for each in self.plan.pillars.all() if title_key(each.title) not in titles
        ]:
            raise ReportError(
                _("The report lacks a pillar of the plan: %s. Has the file been cut off?")
                % _listed(missing)
            )

    def _theme(self, pillar, part: ThemePart):
        themes = list(pillar.themes.all())
        found = _with_title(themes, part.title)
        if not found and self.has_frame:
            raise ReportError(
                _("Pillar %(pillar)s has no theme “%(title)s”. Its themes are: %(known)s.")
                % {"pillar": pillar.number, "title": part.title, "known": _listed(themes)},
                part.source,
            )
        new = Theme(pillar=pillar, position=len(themes) + 1, slug=self._theme_slug(pillar, part))
        return self._write(
            found or new, part.title, part.source, **({} if found else {"title": part.title})
        )

    def _theme_slug(self, pillar, part):
        """Themes of two pillars may bear the same title; their addresses may not."""
        slug = slugify(part.title)
        is_taken = self.plan.themes.filter(slug=slug).exists()
        return f"{slug}-{pillar.number}" if is_taken else slug

    # --- Action points and their entries ---

    def _row(self, theme, row: Row):
        status = self._status(row)
        point = self._point(theme, row)
        entry = self.round.entries.filter(action_point=point).first()
        self._write(
            entry or StatusEntry(round=self.round, action_point=point),
            f"{point.number} ({self.year})",
            row.source,
            **_wording(row),
            **_translations(row, entry, point),
            **self._dates(point, row),
            status=status,
            explanation=_stored(row.explanation),
            stage=StatusEntry.Stage.APPROVED,
            is_confirmed=True,
        )
        return point

    def _status(self, row):
        key = title_key(row.status)
        if key not in self.statuses:
            if not self.create_statuses:
                known = ", ".join(f"“{status.label}”" for status in self.statuses.values())
                raise ReportError(
                    _(
                        "The state of play “%(status)s” does not exist; known are %(known)s; with "
                        "--create-statuses it is added."
                    )
                    % {"status": row.status, "known": known or _("none")},
                    row.source,
                )
            self.statuses[key] = self._write(
                Status(position=len(self.statuses) + 1), row.status, row.source, label=row.status
            )
        return self.statuses[key]

    def _point(self, theme, row):
        point = self.points.get(self.point_keys.get(title_key(row.title)))
        if point and point.theme != theme:
            raise ReportError(
                _("“%(title)s” is action point %(number)s of the theme “%(theme)s”, not of this.")
                % {"title": row.title, "number": point.number, "theme": point.theme.title},
                row.source,
            )
        point = point or ActionPoint(
            theme=theme, first_year=self.plan.start_year if self.was_empty else self.year
        )
        is_new, reworded = point._state.adding, row.responsibility != point.responsibility
        self._write(point, row.title, row.source, **self._point_values(point, row))
        if reworded and (is_new or self.is_newest):
            self._responsibilities(point, row, since=point.first_year if is_new else self.year)
        else:
            self.summary.counts[Responsibility, "unchanged"] += point.responsibilities.count()
        self.points[point.pk] = point
        return point

    @staticmethod
    def _dates(point, row):
        """Those of the point where it has this timeline: someone may have mended them by hand."""
        if row.timeline == point.timeline:
            return {"start_date": point.start_date, "end_date": point.end_date}
        return dict(zip(("start_date", "end_date"), read_timeline(row.timeline), strict=True))

    def _point_values(self, point, row):
        """What the report says of the point itself: all of it if it is the newest to name it."""
        values = {"first_year": min(point.first_year, self.year)}
        if not self.is_newest and not point._state.adding:
            if point.last_year:
                values["last_year"] = max(point.last_year, self.year)
            return values
        values |= _wording(row) | _translations(row, point)
        values["last_year"] = self.year if self.is_reported_later else None
        return values | self._dates(point, row)

    def _responsibilities(self, point, row, *, since):
        """Read them anew from a new wording; one that no longer holds ends the year before."""
        organisations = self._organisations()
        parts = read_responsibility(row.responsibility, list(organisations))
        if row.responsibility and not parts:
            self.summary.unread.append((point.number, row.responsibility))
            return
        held = {
            (each.organisation_id, each.role): each
            for each in point.responsibilities.in_force(self.year)
        }
        named = {}  # once each, also when a wording gives both the abbreviation and the name
        for part in parts:
            organisation = organisations.get(part.organisation) or self._organisation(part, row)
            named[organisation.pk, part.role] = organisation
        for key, organisation in named.items():
            responsibility = held.pop(key, None) or Responsibility(
                action_point=point, organisation=organisation, role=key[1], first_year=since
            )
            self._write(responsibility, f"{point.number} {responsibility}", row.source)
        for responsibility in held.values():
            label = f"{point.number} {responsibility}"
            if responsibility.first_year == self.year:
                self._delete(responsibility, label)
            else:
                self._write(responsibility, label, row.source, last_year=self.year - 1)

    def _organisations(self):
        """By abbreviation and by name: those that existed in the year before the others."""
        existing = Organisation.objects.existing_in(self.year)
        return {
            name: organisation
            for organisations in (Organisation.objects.all(), existing)
            for organisation in organisations
            for name in (organisation.abbreviation, organisation.name)
            if name
        }

    def _organisation(self, part, row):
        is_abbreviation = " " not in part.organisation
        return self._write(
            Organisation(
                abbreviation=part.organisation if is_abbreviation else "",
                slug=part.organisation if is_abbreviation else slugify(part.organisation),
            ),
            part.organisation,
            row.source,
            name=part.organisation,
        )

    def _missing(self, points):
        """Points of this year that the report lacks: the newest report ends them.

        Not those with an entry in this round, which a file of this same year brought: a file that
        was cut off must not take away what has been published.
        """
        with_entry = set(self.round.entries.values_list("action_point", flat=True))
        for point in points:
            if point.first_year > self.year or (point.last_year or self.year) < self.year:
                continue
            self.summary.missing.append(str(point))
            if self.is_newest and point.first_year < self.year and point.pk not in with_entry:
                self._write(point, str(point), last_year=self.year - 1)

    def _alike(self, new, missing):
        """A title in which a slip of the pen was put right makes a new point: worth a look."""
        for one, other in product(new, missing):
            keys = title_key(one.title), title_key(other.title)
            if one.theme == other.theme and SequenceMatcher(None, *keys).ratio() > ALIKE:
                self.summary.alike.append((str(one), str(other)))

    # --- Writing, and counting what was written ---

    def _write(self, instance, label, source="", /, **values):
        """Set these values, save where anything differs, and count the outcome."""
        adding = instance._state.adding
        before = {name: getattr(instance, name) for name in values}
        differing = [name for name, value in values.items() if before[name] != value]
        for name, value in values.items():
            setattr(instance, name, value)
        outcome = "created" if adding else "changed" if differing else "unchanged"
        if outcome != "unchanged":
            self._refuse_what_does_not_hold(instance, source)
            instance._change_reason = self.reason
            instance.save()
        self._count(instance, outcome, label, differing)
        return instance

    def _delete(self, instance, label):
        instance._change_reason = self.reason
        try:
            instance.delete()
        except models.ProtectedError:
            raise ReportError(
                _("“%s” is not in the report, but there is work on it that cannot be removed.")
                % label
            ) from None
        self._count(instance, "deleted", label, [])

    def _count(self, instance, outcome, label, differing):
        model = type(instance)
        self.summary.counts[model, outcome] += 1
        named = f"{model._meta.verbose_name}: {label}"
        if outcome == "created":
            # Entries and responsibilities come with their points; naming them adds nothing.
            if model not in (StatusEntry, Responsibility):
                self.summary.created.append(named)
        elif outcome != "unchanged":
            names = [str(model._meta.get_field(name).verbose_name) for name in differing]
            self.summary.changed.append(f"{named} ({', '.join(names) or _('removed')})")

    @staticmethod
    def _refuse_what_does_not_hold(instance, source):
        """What the models and the database ask of a row, said as a sentence with its place."""
        try:
            instance.clean()  # first, since it fills in what the rest checks
            instance.full_clean()
        except ValidationError as error:
            said = " ".join(error.messages)
            raise ReportError(f"“{_shortened(str(instance))}”: {said}", source) from None


def _stored(text: RichText) -> str:
    """As the register keeps it: what is linked only because it is a reference, is so by itself."""
    return serialise(unlink_references(text))


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _is_being_worked_on(reporting_round):
    """Whether the ministries are writing it, or have written it: their work is not overwritten."""
    is_ours = EntryTransition.objects.filter(entry__round=reporting_round).exists()
    stages = (ReportingRound.Stage.CLOSED, ReportingRound.Stage.PUBLISHED)
    return is_ours or reporting_round.stage not in stages


def _wording(row: Row) -> dict[str, str]:
    return {name: getattr(row, name) for name in ActionPoint.WORDING}


def _translations(row: Row, *sources) -> dict[str, str]:
    """The English of each text from the first of these that has the same Dutch; or else none."""
    return {
        english: next(
            (
                getattr(source, english)
                for source in sources
                if source and getattr(source, dutch) == getattr(row, dutch)
            ),
            "",
        )
        for dutch, english in ActionPoint.TRANSLATED.items()
    }


def _with_title(parts, title):
    return next((part for part in parts if title_key(part.title) == title_key(title)), None)


def _listed(parts) -> str:
    return ", ".join(f"“{part.title}”" for part in parts) or _("none")
