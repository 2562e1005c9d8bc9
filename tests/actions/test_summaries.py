"""What a reminder says: to an editor what waits, to a coordinator how far the round is."""

import pytest
from django.utils import translation

from actions.models import EntryTransition, Membership, Reminder
from tests import factories
from tests.actions.mailing import DEADLINE, after, before, html, remind, to

pytestmark = pytest.mark.django_db


# --- To whom -----------------------------------------------------------------


def test_an_editor_gets_one_mail_about_all_that_waits(add, editor, mailoutbox):
    add("Eerlijke handel")
    add("Veilig werk")
    add("Klaar", stage="submitted")

    output = remind(before(14))

    [mail] = mailoutbox
    assert mail.to == ["jan@szw.example"]
    assert mail.subject == "Nog 2 actiepunten in te dienen, de deadline is 1 december 2024"
    assert "Eerlijke handel" in mail.body
    assert "Veilig werk" in mail.body
    assert "Klaar" not in mail.body
    assert "Jan Jansen <jan@szw.example>: 2 actiepunten (2024" in output
    assert "1 mail verstuurd." in output


def test_an_editor_with_nothing_open_gets_nothing(add, editor, mailoutbox):
    add(stage="submitted")
    add(stage="approved")
    add(responsible=factories.organisation())

    remind(before(14))

    assert mailoutbox == []
    assert not Reminder.objects.exists()


def test_an_editor_with_two_plans_gets_a_mail_of_each(entry, editor, ministry, mailoutbox):
    other = factories.reporting_round(year=2024, deadline=DEADLINE)
    factories.status_entry(round=other, responsible=ministry)

    remind(before(14))

    assert [mail.to for mail in mailoutbox] == [["jan@szw.example"]] * 2


def test_a_coordinator_gets_the_state_of_the_round(add, coordinator, editor, mailoutbox):
    add()
    add(is_confirmed=True)
    add(stage="submitted")
    add(stage="approved", responsible=factories.organisation(abbreviation="EZ"))

    remind(before(7))

    mail = to(coordinator, mailoutbox)
    assert mail.subject == "Rapportageronde 2024: 1 van de 4 actiepunten goedgekeurd"
    assert "1 actiepunt is ingediend en wacht op uw beoordeling." in mail.body
    assert "- niet begonnen: 1\n- in concept: 1\n- ingediend: 1\n" in mail.body
    assert "- EZ: 1 goedgekeurd\n- SZW: 1 niet begonnen, 1 in concept, 1 ingediend\n" in mail.body
    assert "https://nap.example/beheer/" in mail.body
    assert "Te laat" not in mail.body
    for text in ("<li>SZW: 1 niet begonnen, 1 in concept, 1 ingediend</li>", "Anna de Wit"):
        assert text in html(mail)


def test_a_coordinator_is_told_who_is_late(add, coordinator, editor, mailoutbox):
    add()
    add()
    add(responsible=factories.organisation(abbreviation="EZ"))
    add(stage="submitted", responsible=factories.organisation(abbreviation="BZ"))

    remind(after(3))

    mail = to(coordinator, mailoutbox)
    late = mail.body.split("Te laat:\n")[1]
    assert late.startswith(
        "- EZ: 1 actiepunt (geen redacteur)\n- SZW: 2 actiepunten (Jan Jansen)\n\n"
    )


def test_a_coordinator_hears_that_the_round_can_be_closed(add, coordinator, mailoutbox):
    add(stage="approved")

    remind(after(1))

    assert "Alle actiepunten zijn goedgekeurd. U kunt de ronde sluiten." in mailoutbox[0].body


def test_a_coordinator_who_also_writes_gets_both_in_one_mail(
    entry, coordinator, ministry, mailoutbox
):
    coordinator.groups.add(factories.editor(member_of=ministry).groups.get())
    Membership.objects.create(user=coordinator, organisation=ministry)

    remind(before(7))

    [mail] = mailoutbox
    assert mail.subject.startswith("Nog 1 actiepunt in te dienen")
    assert "Eerlijke handel" in mail.body
    assert "Stand van de ronde:" in mail.body


def test_who_cannot_be_reached_is_skipped_and_named(entry, ministry, coordinator, mailoutbox):
    coordinator.email = ""
    coordinator.save()
    people = {
        "zonder-adres": {},
        "vertrokken": {"email": "weg@szw.example", "is_active": False},
        "zonder-toegang": {"email": "buiten@szw.example", "is_staff": False},
    }
    for name, values in people.items():
        factories.editor(member_of=ministry, username=name, **values)

    output = remind(before(14))

    assert mailoutbox == []
    assert not Reminder.objects.exists()
    for line in (
        "Overgeslagen: Anna de Wit heeft geen e-mailadres",
        "Overgeslagen: zonder-adres heeft geen e-mailadres",
        "Overgeslagen: vertrokken <weg@szw.example> kan niet inloggen",
        "Overgeslagen: zonder-toegang <buiten@szw.example> kan niet inloggen",
    ):
        assert line in output.splitlines()


# --- What it says ------------------------------------------------------------


def test_a_summary_says_of_each_point_what_it_lacks_and_where_it_is(add, editor, mailoutbox):
    first, second = add("Eerlijke handel"), add("Veilig werk", is_confirmed=True)

    remind(before(1))

    [mail] = mailoutbox
    address = "https://nap.example/beheer/actions/statusentry/{}/change/"
    assert (
        f"- {first.number} Eerlijke handel\n"
        "  Overgenomen van de vorige keer, nog niet bevestigd.\n"
        f"  {address.format(first.pk)}\n\n"
        f"- {second.number} Veilig werk\n"
        "  Nog niet ingediend.\n"
        f"  {address.format(second.pk)}\n"
    ) in mail.body
    assert f'<a href="{address.format(first.pk)}">{first.number} Eerlijke handel</a>' in html(mail)
    assert "(morgen)" in mail.body


def test_a_summary_repeats_the_remark_of_the_last_return(add, editor, coordinator, mailoutbox):
    entry = add(stage="returned")
    for remark in ("Een eerdere opmerking.", "Cijfers < 2024 & bron?\n\nGraag vóór maandag."):
        EntryTransition.objects.create(
            entry=entry, by=coordinator, from_stage="submitted", to_stage="returned", remark=remark
        )

    remind(before(7))

    mail = to(editor, mailoutbox)
    assert "    Cijfers < 2024 & bron?\n\n    Graag vóór maandag.\n" in mail.body
    assert "<p>Cijfers &lt; 2024 &amp; bron?</p>\n\n<p>Graag vóór maandag.</p>" in html(mail)
    assert "Een eerdere opmerking." not in mail.body + html(mail)


def test_a_summary_after_the_deadline_asks_to_submit_soon(entry, editor, mailoutbox):
    remind(after(2))

    [mail] = mailoutbox
    assert mail.subject == "Te laat: nog 1 actiepunt in te dienen, de deadline was 1 december 2024"
    assert "De deadline is voorbij. Wilt u zo snel mogelijk indienen?" in mail.body
    assert "(2 dagen te laat)" in mail.body


def test_a_summary_is_in_dutch_whatever_the_language_of_the_command(entry, editor, mailoutbox):
    with translation.override("en"):
        remind(before(7))

    [mail] = mailoutbox
    assert mail.subject.startswith("Nog 1 actiepunt")
    assert "Overgenomen van de vorige keer, nog niet bevestigd." in mail.body
    assert '<html lang="nl">' in html(mail)
