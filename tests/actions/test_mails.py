"""What people are told when a round opens and an entry moves: who, what, and never too early."""

import logging

import pytest
from django.db import transaction
from django.utils import translation

from actions import permissions, services
from actions.models import Membership, StatusEntry
from actions.moves import MOVES
from tests import factories
from tests.actions.mailing import HangsUpOnJan, Unreachable, html, names, path, to

pytestmark = pytest.mark.django_db

# From which stage each move is made here, and who hears of it.
MADE = {
    "confirm": ("draft", {"anna", "chef"}),
    "submit": ("returned", {"anna", "chef"}),
    "withdraw": ("submitted", {"anna", "chef"}),
    "approve": ("submitted", {"jan", "zus", "elders"}),
    "return": ("submitted", {"jan", "zus", "elders"}),
    "no_update": ("draft", {"jan", "zus", "elders"}),
}
REMARK = "Graag de cijfers erbij."


@pytest.fixture
def entry(carried_forward):
    return carried_forward


@pytest.fixture
def make(entry, people, django_capture_on_commit_callbacks):
    """Makes a move with the entry, and lets what follows a commit follow."""

    def make_move(move, *, by, stage=None, remark=REMARK):
        if stage:
            at(entry, stage)
        with django_capture_on_commit_callbacks(execute=True):
            return services.move_entry(
                entry=entry, version=entry.version, move=move, by=people[by], remark=remark
            )

    return make_move


def at(entry, stage):
    """The entry in this stage, as if it had come there."""
    factories.put_in_stage(entry, stage, is_confirmed=stage != "draft")


# --- An entry moves: who hears of it -----------------------------------------


@pytest.mark.parametrize("move", MOVES)
def test_each_move_is_told_to_exactly_those_concerned(move, make, mailoutbox):
    stage, concerned = MADE[move]
    actor = "zus" if MOVES[move].for_editors else "anna"

    make(move, by=actor, stage=stage)

    assert names(mailoutbox) == concerned - {actor}


@pytest.mark.parametrize("move", ["confirm", "submit", "withdraw"])
def test_a_coordinator_who_acts_for_a_ministry_tells_the_other_coordinators(move, make, mailoutbox):
    make(move, by="anna", stage=MADE[move][0])

    assert names(mailoutbox) == {"chef"}


def test_a_coordinator_who_submitted_hears_that_it_came_back(make, entry, mailoutbox):
    make("confirm", by="anna")
    entry.refresh_from_db()
    mailoutbox.clear()

    make("return", by="chef")

    assert names(mailoutbox) == {"jan", "zus", "elders", "anna"}


def test_who_submitted_and_writes_it_no_longer_is_not_told(make, entry, people, mailoutbox):
    make("confirm", by="jan")
    entry.refresh_from_db()
    mailoutbox.clear()
    Membership.objects.filter(user=people["jan"]).delete()

    make("return", by="anna")

    assert names(mailoutbox) == {"zus", "elders"}


def test_an_editor_of_two_organisations_of_a_point_is_told_once(make, people, ministry, mailoutbox):
    Membership.objects.create(user=people["elders"], organisation=ministry)

    make("approve", by="anna", stage="submitted")

    assert names(mailoutbox) == {"jan", "zus", "elders"}


def test_who_writes_an_entry_is_the_same_of_an_entry_and_of_a_person(entry, people):
    told = {each.username for each in permissions.editors_of(entry)}

    writers = {
        name
        for name, person in people.items()
        if StatusEntry.objects.written_by(person).filter(pk=entry.pk).exists()
        and permissions.can_sign_in(person)
        and person.groups.filter(name="editor").exists()
    }
    assert told == writers == {"jan", "zus", "elders", "zonder-adres"}


# --- An entry moves: what is said --------------------------------------------


@pytest.mark.parametrize(
    ("move", "subject", "sentence"),
    [
        (
            "confirm",
            "Actiepunt {} is ongewijzigd ingediend: Eerlijke handel",
            "Jan Jansen heeft actiepunt {} ongewijzigd bevestigd en ingediend.",
        ),
        (
            "submit",
            "Actiepunt {} is ingediend: Eerlijke handel",
            "Jan Jansen heeft actiepunt {} ingediend.",
        ),
        (
            "withdraw",
            "De indiening van actiepunt {} is ingetrokken: Eerlijke handel",
            "Jan Jansen heeft de indiening van actiepunt {} ingetrokken. "
            "Het actiepunt is weer in concept.",
        ),
        (
            "approve",
            "Actiepunt {} is goedgekeurd: Eerlijke handel",
            "Anna de Wit heeft actiepunt {} goedgekeurd.",
        ),
        (
            "return",
            "Actiepunt {} is teruggestuurd: Eerlijke handel",
            "Anna de Wit heeft actiepunt {} teruggestuurd.",
        ),
        (
            "no_update",
            "Geen update ontvangen over actiepunt {}: Eerlijke handel",
            "Anna de Wit heeft vastgelegd dat er over actiepunt {} geen update is ontvangen.",
        ),
    ],
)
def test_a_mail_says_who_did_what_with_which_point(
    move, subject, sentence, make, entry, mailoutbox
):
    moved = make(move, by="jan" if MOVES[move].for_editors else "anna", stage=MADE[move][0])

    mail = mailoutbox[0]
    assert mail.subject == subject.format(entry.number)
    for text in (" ".join(mail.body.split()), html(mail)):
        assert sentence.format(entry.number) in text
        assert f"{entry.number} Eerlijke handel" in text
        assert moved.status.label in text
        assert REMARK in text
        assert f"https://nap.example/beheer/actions/statusentry/{entry.pk}/change/" in text
        assert ("1 december 2200" in text) == moved.is_in_hand


def test_without_a_remark_there_is_no_word_of_one(make, mailoutbox):
    make("approve", by="anna", stage="submitted", remark="")

    assert all("Opmerking" not in mail.body + html(mail) for mail in mailoutbox)


def test_markup_in_a_title_and_a_remark_is_text(make, entry, mailoutbox):
    StatusEntry.objects.update(title="Handel & <b>zorg</b>\r\nBcc: iemand@nap.example")

    make("return", by="anna", stage="submitted", remark="Zie <script>alert(1)</script>\nen R&D.")

    mail = mailoutbox[0]
    assert mail.subject == (
        f"Actiepunt {entry.number} is teruggestuurd: Handel & <b>zorg</b> Bcc: iemand@nap.example"
    )
    assert "\n" not in mail.message()["Subject"]
    assert mail.message()["Bcc"] is None
    assert "Handel & <b>zorg</b> Bcc" in " ".join(mail.body.split())
    assert "    Zie <script>alert(1)</script>\n    en R&D.\n" in mail.body
    assert "Handel &amp; &lt;b&gt;zorg&lt;/b&gt; Bcc" in html(mail)
    assert "<p>Zie &lt;script&gt;alert(1)&lt;/script&gt;<br>en R&amp;D.</p>" in html(mail)


def test_a_mail_is_in_dutch_whatever_the_language_of_the_request(make, people, mailoutbox):
    with translation.override("en"):
        make("return", by="anna", stage="submitted")
        assert translation.get_language() == "en"

    mail = to(people["jan"], mailoutbox)
    assert mail.subject.endswith("is teruggestuurd: Eerlijke handel")
    assert mail.body.startswith("Beste Jan Jansen,\n\n")
    assert "Met vriendelijke groet," in mail.body
    assert '<html lang="nl">' in html(mail)
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


# --- When it fails -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_transaction_fails(entry, people, mailoutbox):
    def move_and_fail():
        with transaction.atomic():
            services.move_entry(
                entry=entry, version=entry.version, move="confirm", by=people["jan"]
            )
            raise RuntimeError("Something else went wrong.")

    with pytest.raises(RuntimeError):
        move_and_fail()

    assert mailoutbox == []
    entry.refresh_from_db()
    assert entry.stage == "draft"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_transaction_ends(entry, people, mailoutbox):
    with transaction.atomic():
        services.move_entry(entry=entry, version=entry.version, move="confirm", by=people["jan"])
        assert mailoutbox == []

    assert names(mailoutbox) == {"anna", "chef"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("backend", "told"), [(HangsUpOnJan, {"zus", "elders"}), (Unreachable, set())]
)
def test_a_mail_that_is_not_sent_is_logged_and_the_move_stands(
    backend, told, entry, people, settings, caplog, mailoutbox
):
    settings.EMAIL_BACKEND = path(backend)
    at(entry, "submitted")

    with caplog.at_level(logging.ERROR):
        services.move_entry(entry=entry, version=entry.version, move="approve", by=people["anna"])

    entry.refresh_from_db()
    assert entry.stage == "approved"
    assert names(mailoutbox) == told
    assert "There is nobody here." in caplog.text or "j…@nap.example" in caplog.text
