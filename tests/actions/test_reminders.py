"""When reminders are sent, that it happens once, and what becomes of a failure."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from io import StringIO
from threading import Barrier

import pytest
from django.core.mail import get_connection
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection

from actions import reminders
from actions.management.commands.send_reminders import Command
from actions.models import Reminder, ReportingRound
from actions.reminders import Outcome, moment
from tests import factories
from tests.actions.mailing import DEADLINE, HangsUpOnJan, Unreachable, after, before, path, remind

pytestmark = pytest.mark.django_db


# --- When --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (before(15), None),
        (before(14), "14"),
        (before(8), "14"),
        (before(7), "7"),
        (before(2), "7"),
        (before(1), "1"),
        (DEADLINE, "1"),
        (after(1), "late-1"),
        (after(7), "late-1"),
        (after(8), "late-2"),
        (after(14), "late-2"),
        (after(15), "late-3"),
        (after(365), "late-53"),
    ],
)
def test_each_day_is_of_one_moment(day, expected):
    assert moment(DEADLINE, day) == expected


def test_one_mail_is_sent_at_each_moment_when_the_command_runs_daily(entry, editor, mailoutbox):
    sent = []
    for days in range(20, -16, -1):
        remind(before(days))
        sent += [days] * (len(mailoutbox) - len(sent))

    assert sent == [14, 7, 1, -1, -8, -15]


def test_days_on_which_nothing_ran_are_made_up_for_with_one_mail(entry, editor, mailoutbox):
    remind(before(3))

    [mail] = mailoutbox
    assert mail.subject == "Nog 1 actiepunt in te dienen, de deadline is 1 december 2024"
    assert "Deadline: zondag 1 december 2024 (nog 3 dagen)" in mail.body


def test_today_is_the_day_by_default(entry, editor, in_round, mailoutbox):
    ReportingRound.objects.filter(pk=in_round.pk).update(deadline=date(2200, 1, 1))

    call_command("send_reminders", stdout=StringIO())

    assert mailoutbox == []


def test_a_deadline_that_is_moved_has_moments_of_its_own(entry, editor, in_round, mailoutbox):
    remind(before(14))
    in_round.deadline = after(30)
    in_round.save()

    remind(after(16))
    remind(after(17))

    assert len(mailoutbox) == 2


@pytest.mark.parametrize("stage", ["preparing", "closed", "published"])
def test_nothing_is_sent_of_a_round_that_is_not_open(
    stage, entry, editor, coordinator, in_round, mailoutbox
):
    ReportingRound.objects.filter(pk=in_round.pk).update(stage=stage, edition=1)

    remind(before(7))

    assert mailoutbox == []


def test_the_command_explains_itself(capsys):
    with pytest.raises(SystemExit):
        Command().create_parser("manage.py", "send_reminders").parse_args(["--help"])

    assert "Mailt redacteuren en coördinatoren" in capsys.readouterr().out


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="“morgen” is geen datum"):
        remind("morgen")


# --- Once --------------------------------------------------------------------


def test_run_again_it_sends_nothing(entry, editor, coordinator, mailoutbox):
    remind(before(14))
    output = remind(before(13))

    assert len(mailoutbox) == 2
    assert output == "0 mails verstuurd.\n"


def test_what_is_returned_later_is_still_reminded_of_at_that_moment(add, editor, mailoutbox):
    entry = add(stage="submitted")
    remind(before(14))
    factories.put_in_stage(entry, "returned")

    remind(before(12))

    assert len(mailoutbox) == 1


def test_a_dry_run_lists_and_sends_nothing(entry, editor, coordinator, mailoutbox):
    output = remind(before(14), "--dry-run")

    assert mailoutbox == []
    assert not Reminder.objects.exists()
    assert "Jan Jansen <jan@szw.example>: 1 actiepunt (2024" in output
    assert "Anna de Wit <anna@bz.example>: stand van de ronde (2024" in output
    assert "Dit was een proef: er zouden 2 mails zijn verstuurd." in output


def connections_to_what_is_there(folder):
    """For threads: a context with a connection of their own to the rows of the test.

    SQLite in memory knows no waiting for another's lock, so that they get a copy on disk.
    """
    copy = str(folder / "copy.sqlite3")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])

    @contextmanager
    def connected():
        if connection.vendor == "sqlite":
            connection.settings_dict = {**connection.settings_dict, "NAME": copy}
        try:
            yield
        finally:
            connection.close()

    return connected


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_once(entry, ministry, tmp_path, mailoutbox):
    people = range(9)
    for number in people:
        factories.user(group="editor", member_of=ministry, email=f"{number}@szw.example")
    together = Barrier(2)
    connected = connections_to_what_is_there(tmp_path)

    def run(_nth):
        with connected():
            found = list(reminders.due(before(14)))
            together.wait(timeout=60)
            return [reminders.send(each, get_connection()) for each in found]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, range(2))

    assert sorted(mail.to[0] for mail in mailoutbox) == [f"{each}@szw.example" for each in people]
    assert [set(pair) for pair in zip(first, second, strict=True)] == [
        {Outcome.SENT, Outcome.TAKEN}
    ] * len(people)


# --- What fails --------------------------------------------------------------


@pytest.fixture
def served_by(settings):
    def serve(backend):
        settings.EMAIL_BACKEND = path(backend)

    return serve


def test_a_refused_mail_holds_up_no_other_and_is_tried_again(
    entry, editor, ministry, served_by, mailoutbox
):
    factories.user(group="editor", member_of=ministry, email="zus@szw.example")
    served_by(HangsUpOnJan)
    with pytest.raises(CommandError, match=r"Niet verstuurd aan: Jan Jansen <jan@szw\.example>\."):
        remind(before(14))
    assert [mail.to for mail in mailoutbox] == [["zus@szw.example"]]

    served_by(EmailBackend)
    remind(before(14))

    assert [mail.to for mail in mailoutbox] == [["zus@szw.example"], ["jan@szw.example"]]


def test_a_mail_server_that_is_away_leaves_nobody_reminded(
    entry, editor, coordinator, served_by, mailoutbox
):
    served_by(Unreachable)

    with pytest.raises(CommandError) as failure:
        remind(before(14))

    assert "Anna de Wit <anna@bz.example>" in str(failure.value)
    assert "Jan Jansen <jan@szw.example>" in str(failure.value)
    assert not Reminder.objects.exists()
