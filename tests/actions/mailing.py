"""What the tests of mails share: how a mail reads, and mail servers that fail."""

from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected

from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

DEADLINE = date(2024, 12, 1)


def before(days):
    return DEADLINE - timedelta(days=days)


def after(days):
    return DEADLINE + timedelta(days=days)


def remind(on, *options):
    """Run the command; returns what it prints."""
    call_command("send_reminders", "--on", str(on), *options, stdout=(out := StringIO()))
    return out.getvalue()


def html(mail):
    [(content, _type)] = mail.alternatives
    return content


def to(person, mailbox):
    """The one mail to a person."""
    [mail] = [mail for mail in mailbox if mail.to == [person.email]]
    return mail


def names(mailbox):
    """Who got a mail, by name. No mail goes to two."""
    assert all(len(mail.recipients()) == 1 for mail in mailbox)
    names = [mail.to[0].removesuffix("@nap.example") for mail in mailbox]
    assert len(names) == len(set(names))
    return set(names)


class HangsUpOnJan(EmailBackend):
    """A mail server that ends the connection rather than take mail for Jan."""

    has_hung_up = False

    def close(self):
        self.has_hung_up = False

    def send_messages(self, messages):
        self.has_hung_up = self.has_hung_up or messages[0].to[0].startswith("jan@")
        if self.has_hung_up:
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("There is nobody here.")


def path(backend):
    return f"{__name__}.{backend.__name__}"
