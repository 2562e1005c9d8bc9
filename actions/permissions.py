"""Who may do what in the admin: one table of groups, and beside it the rules that look at a row.

The table is laid into the database after every `migrate`, not by a migration: permissions of a
model only exist once all migrations have run, a model added later needs no migration of its own,
and a test that empties the database gets the groups back.
"""

from django.apps import apps as installed_apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.management import create_permissions
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from actions.models import (
    Membership,
    Pillar,
    PublishedEntry,
    PublishedResponsibility,
    ReportingRound,
    Responsibility,
    Status,
    StatusEntry,
    Theme,
)

COORDINATOR = "coordinator"
EDITOR = "editor"
READER = "reader"

# The names of the groups as people read them.
GROUPS = {COORDINATOR: _("coordinator"), EDITOR: _("editor"), READER: _("reader")}

_READ = ("view",)
_WRITE = ("view", "add", "change")
_WRITE_AND_DELETE = (*_WRITE, "delete")

# The models of the register and the report. What depends on a row protects it from deletion, and
# what is published is protected by `may_delete`, so that only a slip of the pen can be deleted.
_CONTENT = (
    "actions.plan",
    "actions.pillar",
    "actions.theme",
    "actions.actionpoint",
    "actions.organisation",
    "actions.succession",
    "actions.responsibility",
    "actions.status",
    "actions.reportinground",
    "actions.membership",
    "reports.reporttext",
    "reports.coverletter",
)
# The cover letter goes to parliament with what is published, and may be written after that.
_AFTER_PUBLICATION = ("reports.coverletter",)
# Entries come and go with their points, and are written through the services of the round; what is
# published is written by publishing. The logs and the editions are only added to. People are
# switched off, never deleted: history keeps who did what. The groups are this table, so no form
# changes them.
_RECORDS = (
    "actions.statusentry",
    "actions.publishedentry",
    "actions.publishedresponsibility",
    "actions.citation",
    "actions.entrytransition",
    "actions.seenfinding",
    "actions.reminder",
    "reports.edition",
    "reports.editionfile",
    "auth.user",
    "auth.group",
)

PERMISSIONS = {
    COORDINATOR: {
        **dict.fromkeys(_CONTENT, _WRITE_AND_DELETE),
        **dict.fromkeys(_RECORDS, _READ),
        "actions.statusentry": ("view", "change"),
        "auth.user": _WRITE,
        # To remove someone who asks for that.
        "reports.subscriber": ("view", "delete"),
    },
    EDITOR: {"actions.statusentry": ("view", "change")},
    READER: {
        **dict.fromkeys((*_CONTENT, *_RECORDS), _READ),
        # The addresses of readers of the public site: no auditor need know them.
        **dict.fromkeys(
            ("reports.subscriber", "reports.subscription", "reports.subscriptionrequest"), ()
        ),
    },
}


def create_groups(*, apps=installed_apps, using=DEFAULT_DB_ALIAS, **_signal):
    """Make the groups and give them exactly the permissions of the table. Receives post_migrate."""
    try:
        group_model, permission_model = (
            apps.get_model("auth", name) for name in ("Group", "Permission")
        )
    except LookupError:  # The database was migrated back to before there were groups.
        return
    for label in sorted({model.split(".")[0] for table in PERMISSIONS.values() for model in table}):
        create_permissions(
            installed_apps.get_app_config(label), verbosity=0, using=using, apps=apps
        )

    ids = {
        (f"{app}.{model}", codename.removesuffix(f"_{model}")): pk
        for pk, app, model, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "content_type__model", "codename"
        )
    }
    for name, table in PERMISSIONS.items():
        group, _created = group_model.objects.using(using).get_or_create(name=name)
        wanted = ((model, action) for model, actions in table.items() for action in actions)
        group.permissions.set(ids[pair] for pair in wanted if pair in ids)


# --- The people of a group -----------------------------------------------------


def members_of(group):
    """The people in a group of the table, also those who cannot sign in."""
    return get_user_model().objects.filter(groups__name=group).order_by("username")


def coordinators():
    """Who runs the rounds. A superuser may do the same, but it is not their work."""
    return _who_can_sign_in(members_of(COORDINATOR))


def editors():
    return _who_can_sign_in(members_of(EDITOR))


def editors_of(entry):
    """Who writes this entry: `StatusEntryQuerySet.written_by` says the same of one person."""
    held = Responsibility.objects.in_force(entry.round.year).filter(
        action_point=entry.action_point_id, role__in=Responsibility.EDITING_ROLES
    )
    members = Membership.objects.filter(organisation__responsibilities__in=held)
    return editors().filter(pk__in=members.values("user"))


def can_sign_in(person):
    """Whether the admin lets this person in."""
    return person.is_active and person.is_staff


def _who_can_sign_in(people):
    return people.filter(is_active=True, is_staff=True)


# --- Rules that look at a row --------------------------------------------------


def is_coordinator(user):
    return user.is_superuser or COORDINATOR in _groups_of(user)


def sees_everything(user):
    return is_coordinator(user) or READER in _groups_of(user)


def visible_entries(entries, user):
    """The entries that a person may know of in the admin.

    An editor sees those of their organisations as long as the round is open, also what has been
    submitted: to withdraw it, and to find their own text back when a colleague submitted first.
    """
    if sees_everything(user):
        return entries
    if EDITOR in _groups_of(user):
        return entries.written_by(user).in_open_rounds()
    return entries.none()


def is_published(row):
    """Whether a row is a published round or belongs to one. Nothing deletes these."""
    reporting_round = row if isinstance(row, ReportingRound) else getattr(row, "round", None)
    return reporting_round is not None and reporting_round.is_published


def stands(row):
    """Whether a row stays as it was published: nothing changes it."""
    return is_published(row) and row._meta.label_lower not in _AFTER_PUBLICATION


def rounds_to_join(model):
    """The rounds that a new row of this model may belong to: those in which it does not stand."""
    rounds = ReportingRound.objects.all()
    if model._meta.label_lower in _AFTER_PUBLICATION:
        return rounds
    return rounds.exclude(stage=ReportingRound.Stage.PUBLISHED)


def may_change(row, user):
    """Whether someone with the permission for the model may change this row of it."""
    if stands(row):
        return False
    if isinstance(row, StatusEntry):
        return row.round.is_open and (is_coordinator(user) or _writes(row, user))
    if isinstance(row, AbstractBaseUser):
        # A password is a way in: only who has every right may give one to who has rights that a
        # coordinator cannot hand out.
        return user.is_superuser or not has_rights_beyond_the_groups(row)
    return True


def may_move(move, entry, user):
    """Whether someone may make this move (of `actions.moves`) with an entry, as it is now."""
    if entry.stage not in move.from_stages or not entry.round.is_open:
        return False
    if is_coordinator(user):
        return True
    return (
        move.for_editors
        and EDITOR in _groups_of(user)
        and StatusEntry.objects.written_by(user).filter(pk=entry.pk).exists()
    )


def may_delete(row, user):
    """Whether someone with the permission for the model may delete this row of it."""
    if is_published(row):
        return False
    if isinstance(row, Responsibility) and last_published_year(row):
        return False
    return may_change(row, user)


# What the table of a published year shows of a row, and where it refers to it from an entry. The
# tone of a status is its colour there, and decides what needs attention.
_SHOWN = {
    Status: (("label", "tone"), "status"),
    Theme: (("title",), "action_point__theme"),
    Pillar: (("title",), "action_point__theme__pillar"),
}


def fixed_fields(row) -> tuple[str, ...]:
    """The fields of a row that stand, because what is published shows it so."""
    if type(row) not in _SHOWN:
        return ()
    fields, lookup = _SHOWN[type(row)]
    return fields if PublishedEntry.objects.filter(**{lookup: row}).exists() else ()


def last_published_year(responsibility):
    """The last year in which it held and is published with its point, None without one.

    The page of that year names the organisation, so that the responsibility can only be ended.
    """
    published = PublishedResponsibility.objects.filter(
        entry__action_point=responsibility.action_point_id,
        entry__round__year__gte=responsibility.first_year,
        organisation=responsibility.organisation_id,
        role=responsibility.role,
    )
    if responsibility.last_year:
        published = published.filter(entry__round__year__lte=responsibility.last_year)
    return published.aggregate(last=Max("entry__round__year"))["last"]


def has_rights_beyond_the_groups(person):
    return (
        person.is_superuser
        or person.user_permissions.exists()
        or person.groups.exclude(name__in=GROUPS).exists()
    )


def _writes(entry, user):
    editable = StatusEntry.objects.editable_by(user)
    return EDITOR in _groups_of(user) and editable.filter(pk=entry.pk).exists()


def _groups_of(user):
    # Kept on the user as Django keeps their permissions: an admin page asks some twenty times.
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return user._group_names
