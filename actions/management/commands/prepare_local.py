"""Readies the site of a developer's machine: the real plan, and someone to sign in as."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from actions.models import Membership, Organisation, Plan, ReportingRound

PLAN = "nap-2022-2026"
FIXTURES = (PLAN, "round-2024")
# Each account is named after its group; an editor belongs to an organisation.
ACCOUNTS = {"coordinator": None, "editor": "SZW"}


class Command(BaseCommand):
    help = "Loads the real plan and creates two accounts. Run again, it changes nothing."

    def handle(self, *, verbosity, **options):
        if not settings.DEBUG:
            raise CommandError(
                _(
                    "This command creates accounts whose passwords it prints, and so works only "
                    "on a developer's machine, where DEBUG=1."
                )
            )
        with transaction.atomic():
            loaded = not Plan.objects.exists()
            if loaded:
                call_command("loaddata", *FIXTURES, verbosity=0)
                # Fixtures write no history, and the first edit needs something to differ from.
                call_command("populate_history", auto=True, verbosity=0)
            passwords = {
                username: create_account(username, organisation=organisation)
                for username, organisation in ACCOUNTS.items()
                if not get_user_model().objects.filter(username=username).exists()
            }
            if not ReportingRound.objects.published().exists():
                # Also the round of a database from before there were editions.
                closed = ReportingRound.objects.reported().filter(plan__slug=PLAN)
                for each in closed.order_by("year"):
                    call_command("publish_report", plan=PLAN, year=each.year, by="coordinator")
        if loaded:
            self.stdout.write(_("The plan of 2022–2026 and its round of 2024 have been loaded."))
        self.report(passwords)

    def report(self, passwords):
        sign_in = reverse("admin:index")
        if passwords:
            self.stdout.write(
                _("Sign in at %(address)s. These passwords are shown only now:")
                % {"address": sign_in}
            )
            for username, password in passwords.items():
                self.stdout.write(f"  {username:<12} {password}")
        if existing := [username for username in ACCOUNTS if username not in passwords]:
            self.stdout.write(
                _(
                    "Sign in at %(address)s with the existing account: %(accounts)s. "
                    "Set a new password with: .venv/bin/python manage.py changepassword %(account)s"
                )
                % {
                    "address": sign_in,
                    "accounts": ", ".join(existing),
                    "account": existing[0],
                }
            )


def create_account(username, *, organisation):
    """Creates a member of staff in the group of the same name, and returns the password."""
    password = get_random_string(16)
    user = get_user_model().objects.create_user(username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=username))
    # Somebody's own data may know no such organisation; the coordinator can then assign one.
    for employer in Organisation.objects.filter(slug=organisation):
        Membership.objects.create(user=user, organisation=employer)
    return password
