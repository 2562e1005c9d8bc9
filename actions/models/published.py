"""What the public sees of a round: its entries as they stood when it was published, who was
responsible for them, and what they cite. Who cites a paper is a question of many, and so the
citations are kept beside them.
"""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from actions.cited import Cited, Kind
from actions.models.content import EntryContent, EntryContentQuerySet
from actions.models.organisations import Organisation, Responsibility
from actions.models.plans import ActionPoint
from actions.models.rounds import ReportingRound, Status
from actions.references_in_text import cited_in
from actions.richtext.html import parse
from actions.search import Search, words_of


class PublishedEntryQuerySet(EntryContentQuerySet):
    @transaction.atomic
    def publish(self, reporting_round):
        """Put what the entries of a round say now in the place of what was published.

        With it goes who is responsible for them in the year of the round, and what they cite.
        """
        self.for_round(reporting_round).delete()
        held = Responsibility.objects.of_round(reporting_round)
        organisations = Organisation.objects.in_bulk({each for _point, each, _role in held})
        of_point: dict[int, set[Organisation]] = {}
        for point, each, _role in held:
            of_point.setdefault(point, set()).add(organisations[each])
        published = self.bulk_create(
            self.model(
                **{name: getattr(entry, name) for name in PublishedEntry.COPIED},
                search_words=words_of(
                    searched_texts(entry, of_point.get(entry.action_point_id, ()))
                ),
            )
            for entry in reporting_round.entries.all()
        )
        entries = {entry.action_point_id: entry for entry in published}
        PublishedResponsibility.objects.bulk_create(
            PublishedResponsibility(entry=entries[point], organisation_id=organisation, role=role)
            for point, organisation, role in held
        )
        Citation.objects.bulk_create(
            Citation(entry=entry, kind=each.kind, number=each.number, position=position)
            for entry in published
            for position, each in enumerate(entry.cites(), 1)
        )

    publish.alters_data = True

    def matching(self, text):
        """Entries that a search finds: by the number of their point, or by the words they have."""
        return self.filter(Search(text).condition("search_words", "action_point__number"))

    def needing_attention(self, on):
        """Delayed, or past its end on this day without being completed."""
        return self.filter(
            Q(status__tone=Status.Tone.NEEDS_ATTENTION)
            | Q(end_date__lt=on) & ~Q(status__tone=Status.Tone.DONE)
        )

    def _held(self):
        return PublishedResponsibility.objects.filter(entry=OuterRef("pk"))


def searched_texts(entry: EntryContent, organisations: Iterable[Organisation]) -> Iterator[str]:
    """What is searched in: the wording, who is responsible by name and abbreviation, the
    explanation, and papers by their usual names too.
    """
    explanation = parse(entry.explanation)
    yield from (entry.title, entry.title_en, entry.goal, entry.goal_en)
    yield from (entry.responsibility, entry.timeline)
    for each in organisations:
        yield from (each.name, each.abbreviation)
    yield explanation.plain_text()
    for cited in cited_in(explanation):
        yield from cited.names


class PublishedEntry(EntryContent):
    """How a point stood in a year, as published. Every public page reads these, and only these.

    While a round is opened again for a correction its entries change, and these do not.
    """

    # What is taken over from the entry; the bare text is made of the explanation.
    COPIED = (
        "action_point_id",
        "round_id",
        "status_id",
        "title",
        "goal",
        "title_en",
        "goal_en",
        "responsibility",
        "timeline",
        "start_date",
        "end_date",
        "explanation",
    )

    action_point = models.ForeignKey(
        ActionPoint,
        models.PROTECT,
        related_name="published_entries",
        verbose_name=_("action point"),
    )
    round = models.ForeignKey(
        ReportingRound,
        models.PROTECT,
        related_name="published_entries",
        verbose_name=_("reporting round"),
    )
    status = models.ForeignKey(
        Status,
        models.PROTECT,
        related_name="published_entries",
        verbose_name=_("state of play"),
        null=True,
    )
    search_words = models.TextField(_("words that it is found by"), editable=False)

    objects = PublishedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("published entry")
        verbose_name_plural = _("published entries")
        ordering = ["round", "action_point"]
        constraints = [
            models.UniqueConstraint(
                name="published_entry_unique_in_round",
                fields=["round", "action_point"],
                violation_error_message=_(
                    "This round already has a published entry for this point."
                ),
            )
        ]

    def cites(self) -> list[Cited]:
        """What its explanation cites, in reading order: of this its citations are made."""
        return cited_in(parse(self.explanation))


class PublishedResponsibility(models.Model):
    """An organisation has a role in a published entry: a copy, made by publishing.

    A responsibility that is changed for a year of which the report is published is seen in the next
    edition of it. The organisation itself is shown as it is now.
    """

    entry = models.ForeignKey(
        PublishedEntry, models.CASCADE, related_name="responsibilities", verbose_name=_("entry")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="published_responsibilities",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Responsibility.Role)

    class Meta:
        verbose_name = _("published responsibility")
        verbose_name_plural = _("published responsibilities")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="published_responsibility_unique",
                fields=["entry", "organisation", "role"],
                violation_error_message=_("This responsibility is already published."),
            )
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"


class CitationQuerySet(models.QuerySet):
    def of_plan(self, plan):
        return self.filter(entry__round__plan=plan)

    def for_index(self):
        """With the point and the year of each entry, the latest year first."""
        return (
            self.select_related("entry__action_point", "entry__round")
            .only(
                *("kind", "number", "entry__title", "entry__title_en"),
                *("entry__action_point__number", "entry__round__year"),
            )
            .order_by("-entry__round__year")
        )


class Citation(models.Model):
    """A published entry cites this in its explanation: a paper of parliament, a journal or an act.

    It follows from the explanation, and is never written by hand: `PublishedEntry.objects.publish`
    makes it.
    """

    entry = models.ForeignKey(
        PublishedEntry, models.CASCADE, related_name="citations", verbose_name=_("entry")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("number"), max_length=40)
    position = models.PositiveIntegerField(
        _("position"), help_text=_("In the reading order of the explanation.")
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cited paper")
        verbose_name_plural = _("cited papers")
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(
                name="citation_once_in_entry",
                fields=["entry", "kind", "number"],
                violation_error_message=_("This entry already cites this paper."),
            )
        ]

    def __str__(self):
        return self.cited.label

    @property
    def cited(self):
        return Cited(Kind(self.kind), self.number)
