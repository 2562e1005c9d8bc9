"""What the tests of being kept posted share: forms sent, links followed, the command run."""

import re
from io import StringIO

from django.core.management import call_command

SITE = "https://nap.example"
FORM = "/nap/op-de-hoogte/"


def ask(client, email="jan@nap.example", over="", prefix="", **values):
    """Send the form."""
    return client.post(f"{prefix}{FORM}", {"email": email, "over": over, **values})


def link_in(mail, part):
    """The link of this kind in a mail, as a path."""
    [found] = set(re.findall(rf"{SITE}(/\S*/{part}/\S*)", mail.body))
    return found


def subscribe(client, mailoutbox, email="jan@nap.example", **values):
    """Ask and confirm; the mailbox is empty after that."""
    assert ask(client, email, **values).status_code == 302
    response = client.post(link_in(mailoutbox[-1], "bevestigen"))
    assert response.status_code == 200
    mailoutbox.clear()


def send_news():
    """Run the command; returns what it prints."""
    call_command("send_news", stdout=(out := StringIO()))
    return out.getvalue()
