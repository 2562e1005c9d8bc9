"""How a letter is set: as text that reads well, and as HTML that is safe."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.mail import get_connection

from actions import letters
from actions.letters import Letter, Point
from tests.actions.mailing import html


def mail(*, to=None, **values):
    """A mail with these parts, and for the rest as short as can be."""
    parts = {
        "subject": "Een onderwerp",
        "opening": ["Een eerste zin."],
        "link": ("Ga naar de NAP-monitor", "https://nap.example/beheer/"),
    }
    return letters.mail(Letter(**parts | values), to or User(email="jan@szw.example"))


def remark(text):
    return SimpleNamespace(remark=text)


def test_a_letter_is_set_in_its_order():
    point = Point("1.1.1 Een punt", "https://nap.example/1/", ("Nog leeg.",), remark("Lees!"))
    body = mail(
        facts={"Deadline": "morgen"},
        points=[point],
        lists={"Stand": ["klaar: 1"]},
        closing=["Dank u."],
    ).body

    assert body == (
        "Beste collega,\n"
        "\n"
        "Een eerste zin.\n"
        "\n"
        "Deadline: morgen\n"
        "\n"
        "- 1.1.1 Een punt\n"
        "  Nog leeg.\n"
        "  Opmerking:\n"
        "    Lees!\n"
        "  https://nap.example/1/\n"
        "\n"
        "Stand:\n"
        "- klaar: 1\n"
        "\n"
        "Dank u.\n"
        "\n"
        "Ga naar de NAP-monitor:\n"
        "https://nap.example/beheer/\n"
        "\n"
        "Met vriendelijke groet,\n"
        "NAP-monitor\n"
        "\n"
        "U krijgt dit automatische bericht omdat u redacteur of coördinator bent\n"
        "in de NAP-monitor.\n"
    )


def test_lines_are_short_and_an_address_stays_whole():
    address = "https://nap.example/" + "een-lang-adres/" * 9
    words = "Een zin van heel veel woorden. " * 9
    body = mail(
        opening=[words],
        points=[Point(words, address, (words,), remark(f"{words}\n\n- {words}"))],
    ).body

    lines = body.splitlines()
    assert f"  {address}" in lines
    assert max(len(line) for line in lines if address not in line) <= letters.LINE_LENGTH
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\n\n\n" not in body
    # What belongs together is set in together.
    quoted = lines[lines.index("  Opmerking:") + 1 : lines.index(f"  {address}")]
    assert all(line.startswith("    ") for line in quoted if line)
    assert any(line.startswith("    - Een zin") for line in quoted)


def test_markup_is_text():
    name = "Handel & <b>zorg</b>"
    sent = mail(
        to=User(email="jan@szw.example", first_name="Jan &", last_name="<Piet>"),
        subject=name,
        opening=[name],
        facts={"Actiepunt": name},
        remark=remark(name),
        points=[Point(name, "https://nap.example/1/", (name,), remark(name))],
        lists={name: [name]},
        closing=[name],
    )

    assert sent.subject == name
    assert sent.body.count(name) == 9
    assert sent.body.startswith("Beste Jan & <Piet>,")
    assert "&amp;" not in sent.body
    assert html(sent).count("Handel &amp; &lt;b&gt;zorg&lt;/b&gt;") == 11
    assert "Beste Jan &amp; &lt;Piet&gt;," in html(sent)
    assert name not in html(sent)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_a_subject_is_one_line(newline):
    sent = mail(subject=f"Eerlijke{newline}Bcc: iemand@nap.example")

    assert sent.subject.split() == ["Eerlijke", "Bcc:", "iemand@nap.example"]
    assert sent.message()["Bcc"] is None


def test_a_mail_asks_for_no_automatic_answer():
    assert mail().message()["Auto-Submitted"] == "auto-generated"


def test_an_address_that_is_none_holds_up_no_other_mail(mailoutbox):
    letters.send_all([mail(to=User(email="jan@\nszw")), mail(to=User(email="zus@szw.example"))])

    assert [sent.to for sent in mailoutbox] == [["zus@szw.example"]]


def test_without_a_mail_server_there_is_nothing_to_send_with(settings):
    settings.EMAIL_BACKEND = "tests.actions.mailing.Unreachable"

    with pytest.raises(ConnectionRefusedError):
        letters.send_all([mail()])
    assert letters.send(mail(), get_connection()) is False
