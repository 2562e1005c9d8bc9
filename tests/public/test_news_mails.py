"""The news of an edition, by e-mail, to who is kept posted."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError
from django.db.models import QuerySet
from django.utils import timezone

from actions import letters
from actions.models import StatusEntry, Succession
from reports import services
from reports.models import Edition, Subscriber, Subscription
from reports.topics import Topic
from reports.triggers import create_triggers, drop_triggers
from tests import factories
from tests.actions.mailing import HangsUpOnJan, Unreachable, html, path
from tests.public.subscribing import SITE, link_in, send_news, subscribe
from tests.reports.publishing import close_again, publish

TOPICS = ("", "thema/arbeid", "thema/inkoop", "organisatie/BZ", "organisatie/EZ")


@pytest.fixture
def readers(client, nap, mailoutbox):
    """Someone for each topic, whose address says which."""
    for topic in TOPICS:
        name = topic.replace("/", "-").lower() or "plan"
        subscribe(client, mailoutbox, f"{name}@nap.example", over=topic)


def names(mailbox):
    return sorted(mail.to[0].removesuffix("@nap.example") for mail in mailbox)


def next_year(nap, *, different=()):
    """The round of 2024, closed; of 2023 these points are said otherwise."""
    of_year = factories.reporting_round(plan=nap.plan, year=2024, stage="closed")
    factories.report_text(round=of_year)
    for entry in StatusEntry.objects.filter(round=nap.rounds[2023]):
        number = entry.action_point.number
        factories.status_entry(
            action_point=entry.action_point,
            round=of_year,
            status=nap.late if number in different else entry.status,
            explanation=f"<p>Heel anders dan eerst is {number}.</p>"
            if number in different
            else entry.explanation,
            stage="approved",
            is_confirmed=True,
        )
    return of_year


def test_who_follows_what_changed_is_told_and_nobody_else(nap, readers, mailoutbox):
    # 1.1.1 is of EZ, and of the theme Arbeid.
    of_year = next_year(nap, different={"1.1.1"})
    publish(of_year, factories.coordinator())
    assert mailoutbox == []

    output = send_news()

    assert names(mailoutbox) == ["organisatie-ez", "plan", "thema-arbeid"]
    assert "3 mails verstuurd." in output
    assert "@" not in output
    assert all(len(mail.recipients()) == 1 for mail in mailoutbox)


def test_who_follows_an_organisation_is_told_of_what_succeeds_it(client, nap, mailoutbox):
    subscribe(client, mailoutbox, over="organisatie/EZK")
    kgg = factories.organisation(abbreviation="KGG", name="Klimaat en Groene Groei")
    Succession.objects.create(predecessor=nap.ezk, successor=kgg, kind="split", year=2023)
    factories.responsibility(action_point=nap.points[3], organisation=kgg, first_year=2024)

    publish(next_year(nap, different={"1.1.1", "1.1.2", "2.1.1"}), factories.coordinator())
    send_news()

    [mail] = mailoutbox
    assert "- 1.1.1 Arbeid eerst" in mail.body
    assert "- 2.1.1 Zorgvuldigheid" in mail.body
    assert "1.1.2" not in mail.body


def test_who_follows_an_organisation_is_told_what_a_correction_takes_from_its_successor(
    client, nap, mailoutbox
):
    subscribe(client, mailoutbox, over="organisatie/EZK")
    StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.1.1").delete()
    factories.publish(nap.rounds[2023])

    send_news()

    [mail] = mailoutbox
    assert "- 1.1.1 Arbeid eerst\n  Staat niet meer in de rapportage over 2023.\n" in mail.body


def test_nobody_is_told_twice_and_the_next_edition_is_told_again(nap, readers, mailoutbox):
    by = factories.coordinator()
    of_year = next_year(nap, different={"1.1.1"})
    publish(of_year, by)
    send_news()
    mailoutbox.clear()

    assert "0 mails verstuurd." in send_news()
    assert mailoutbox == []

    close_again(of_year, by)
    publish(of_year, by, note="In de inleiding stond een verkeerd jaartal.")
    send_news()

    [mail] = mailoutbox
    assert names(mailoutbox) == ["plan"]
    assert mail.subject == "De voortgangsrapportage over 2024 is verbeterd"
    assert "Wat is verbeterd: In de inleiding stond een verkeerd jaartal." in mail.body
    assert "De stand van zaken en de toelichtingen zijn dezelfde als in de vorige editie." in (
        " ".join(mail.body.split())
    )


def test_a_correction_is_told_to_who_follows_what_it_corrects(nap, readers, mailoutbox):
    entry = StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.2.1")
    entry.status = nap.late
    entry.save()
    factories.publish(nap.rounds[2023])

    send_news()

    assert names(mailoutbox) == ["organisatie-bz", "plan", "thema-inkoop"]
    assert "1 actiepunt verschilt van de vorige editie:" in mailoutbox[0].body
    assert "Stand van zaken in 2023: Vertraagd. Daarvoor: Voltooid." in mailoutbox[0].body


def test_a_point_that_a_correction_takes_out_is_told_to_who_follows_it(
    client, nap, readers, mailoutbox
):
    StatusEntry.objects.get(round=nap.rounds[2023], action_point__number="1.2.1").delete()
    factories.publish(nap.rounds[2023])

    send_news()

    assert names(mailoutbox) == ["organisatie-bz", "plan", "thema-inkoop"]
    for mail in mailoutbox:
        assert "- 1.2.1 Inkoop\n  Staat niet meer in de rapportage over 2023.\n" in mail.body
        assert client.get(link_in(mail, "2023/editie-1")).status_code == 200


def test_mail_says_what_was_published_and_what_changed_with_the_way_to_it(client, nap, mailoutbox):
    subscribe(client, mailoutbox, over="thema/arbeid")
    publish(next_year(nap, different={"1.1.1", "1.2.1"}), factories.coordinator())

    send_news()

    [mail] = mailoutbox
    assert mail.subject == "De voortgangsrapportage over 2024 is gepubliceerd: Arbeid"
    assert "1 actiepunt is veranderd sinds de rapportage over 2023:" in mail.body
    assert (
        "- 1.1.1 Arbeid eerst\n"
        "  Stand van zaken in 2024: Vertraagd. Daarvoor: Voltooid.\n"
        "  Heeft een andere toelichting in de rapportage over 2024.\n"
        f"  {SITE}/nap/actiepunten/1.1.1/#jaar-2024\n"
    ) in mail.body
    assert "1.2.1" not in mail.body
    assert f"{SITE}/nap/rapportages/2024/editie-1/" in mail.body
    assert f'<a href="{SITE}/nap/actiepunten/1.1.1/#jaar-2024">1.1.1 Arbeid eerst</a>' in html(mail)
    assert "redacteur" not in mail.body + html(mail)
    for link in (link_in(mail, "actiepunten"), link_in(mail, "rapportages")):
        assert client.get(link.partition("#")[0]).status_code == 200
    for tracker in ("<img", "utm_", "redirect"):
        assert tracker not in html(mail)


def test_who_follows_several_things_gets_one_mail_that_names_those_with_news(
    client, nap, mailoutbox
):
    for topic in ("thema/inkoop", "thema/arbeid", "organisatie/EZ"):
        subscribe(client, mailoutbox, over=topic)
    # 1.1.1 is of Arbeid and of EZ, 1.1.2 of Arbeid alone, and 2.1.1 of none of these.
    publish(next_year(nap, different={"1.1.1", "1.1.2", "2.1.1"}), factories.coordinator())

    assert "1 mail verstuurd." in send_news()

    [mail] = mailoutbox
    assert mail.subject == "De voortgangsrapportage over 2024 is gepubliceerd"
    assert "Het gaat over wat u volgt: Arbeid; Ministerie van Economische Zaken\n" in mail.body
    assert "2 actiepunten zijn veranderd" in mail.body
    assert re.findall(r"^- ([\d.]+)", mail.body, re.MULTILINE) == ["1.1.1", "1.1.2"]

    client.post(link_in(mail, "stoppen"), {"List-Unsubscribe": "One-Click"})
    assert not Subscriber.objects.exists()


def test_who_follows_the_plan_and_a_part_of_it_is_told_everything_once(client, nap, mailoutbox):
    for topic in ("thema/arbeid", ""):
        subscribe(client, mailoutbox, over=topic)
    publish(next_year(nap, different={"1.1.1", "2.1.1"}), factories.coordinator())

    send_news()

    [mail] = mailoutbox
    assert "Het gaat over wat u volgt: Nationaal Actieplan; Arbeid\n" in mail.body
    assert re.findall(r"^- ([\d.]+)", mail.body, re.MULTILINE) == ["1.1.1", "2.1.1"]


def test_what_one_has_ended_is_told_no_more(client, nap, mailoutbox):
    for topic in ("thema/arbeid", "thema/inkoop"):
        subscribe(client, mailoutbox, over=topic)
    services.end_subscription(subscription=Subscription.objects.get(theme__slug="arbeid"))
    publish(next_year(nap, different={"1.1.1"}), factories.coordinator())

    send_news()

    assert mailoutbox == []


def test_mail_is_in_the_language_of_the_page_that_was_asked(client, nap, mailoutbox):
    subscribe(client, mailoutbox, over="thema/arbeid", prefix="/en")
    publish(next_year(nap, different={"1.1.1"}), factories.coordinator())

    send_news()

    [mail] = mailoutbox
    assert mail.subject == "The progress report on 2024 has been published: Arbeid"
    assert mail.body.startswith(
        "Dear reader,\n\nThe progress report on 2024 has been published.\n\n"
        "It is about what you follow: Arbeid\n\n"
        "1 action point has changed since the report on"
    )
    assert f"{SITE}/en/nap/actiepunten/1.1.1/#jaar-2024" in mail.body
    assert '<html lang="en">' in html(mail)
    assert 'lang="nl">1.1.1 Arbeid eerst</a>' in html(mail)
    assert client.get(link_in(mail, "stoppen")).status_code == 200


def test_mail_can_be_stopped_from_the_mail_program_and_by_its_link(client, nap, mailoutbox):
    subscribe(client, mailoutbox, over="")
    publish(next_year(nap), factories.coordinator())
    send_news()
    [mail] = mailoutbox
    link = link_in(mail, "stoppen")

    sent = mail.message()
    assert sent["List-Unsubscribe"] == f"<{SITE}{link}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<{SITE}{link}>".encode() in sent.as_bytes().partition(b"\n\n")[0]
    assert f'href="{SITE}{link}"' in html(mail)

    client.post(link, {"List-Unsubscribe": "One-Click"})
    mailoutbox.clear()
    factories.publish(nap.rounds[2023])
    send_news()
    assert mailoutbox == []


def test_who_subscribes_later_is_not_told_of_what_was_there(client, nap, mailoutbox):
    publish(next_year(nap, different={"1.1.1"}), factories.coordinator())
    subscribe(client, mailoutbox)

    send_news()

    assert mailoutbox == []


def test_nobody_is_told_of_another_plan(readers, mailoutbox):
    other = factories.reporting_round(year=2024)
    factories.status_entry(round=other, stage="approved")
    factories.publish(other)

    send_news()

    assert mailoutbox == []


def test_who_only_asked_and_never_confirmed_is_told_nothing(nap, mailoutbox):
    services.ask_for_subscription(email="jan@nap.example", topic=Topic(nap.plan), language="nl")
    factories.publish(nap.rounds[2023])

    send_news()

    assert mailoutbox == []


def later(monkeypatch, **by):
    now = timezone.now() + timedelta(**by)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_address_that_fails_stops_no_other_and_is_tried_again(
    client, nap, mailoutbox, settings, monkeypatch
):
    for name in ("anna", "jan", "piet"):
        subscribe(client, mailoutbox, f"{name}@nap.example")
    factories.publish(nap.rounds[2023])
    sound, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, path(HangsUpOnJan)

    with pytest.raises(CommandError, match=r"1 mail is geweigerd\."):
        send_news()
    assert names(mailoutbox) == ["anna", "piet"]

    mailoutbox.clear()
    settings.EMAIL_BACKEND = sound
    send_news()
    assert mailoutbox == []
    later(monkeypatch, hours=1, minutes=1)
    send_news()
    assert names(mailoutbox) == ["jan"]


@pytest.mark.parametrize(
    "address", ["o'jansen.de+nap@mail.example", '"jan de jansen"@mail.example']
)
def test_log_tells_what_went_wrong_and_to_whom_no_mail_went(caplog, address):
    class Refuses:
        def open(self): ...

        def send_messages(self, messages):
            [to] = messages[0].to
            raise SMTPRecipientsRefused({to: (550, f"5.1.1 <{to}>: no such user".encode())})

        def close(self): ...

    assert not letters.send(EmailMessage("Nieuws", to=[address]), Refuses())

    assert "Nieuws" in caplog.text
    assert "no such user" in caplog.text
    assert "…@mail.example" in caplog.text
    assert "jansen" not in caplog.text


def test_server_that_cannot_be_reached_ends_the_run_and_loses_nothing(
    readers, nap, mailoutbox, settings
):
    factories.publish(nap.rounds[2023], note="Iets over de inleiding.")
    sound, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, path(Unreachable)

    with pytest.raises(CommandError, match="niet bereikbaar: There is nobody here"):
        send_news()

    settings.EMAIL_BACKEND = sound
    send_news()
    assert names(mailoutbox) == ["plan"]


def test_mail_that_was_in_hand_when_a_run_died_goes_out_later(client, nap, mailoutbox, monkeypatch):
    for name in ("anna", "jan"):
        subscribe(client, mailoutbox, f"{name}@nap.example")
    factories.publish(nap.rounds[2023])

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("reports.news_sending.letters.send", die)
        with pytest.raises(KeyboardInterrupt):
            send_news()

    send_news()
    assert len(mailoutbox) == 1
    later(monkeypatch, hours=1, minutes=1)
    send_news()
    assert names(mailoutbox) == ["anna", "jan"]


def test_two_runs_at_once_send_each_mail_once(client, nap, mailoutbox, monkeypatch):
    for name in ("anna", "jan"):
        subscribe(client, mailoutbox, f"{name}@nap.example")
    factories.publish(nap.rounds[2023])
    send = letters.send

    def while_another_runs(*args):
        monkeypatch.setattr("reports.news_sending.letters.send", send)
        send_news()
        return send(*args)

    monkeypatch.setattr("reports.news_sending.letters.send", while_another_runs)
    send_news()

    assert names(mailoutbox) == ["anna", "jan"]


def test_what_is_weeks_old_is_no_news(client, nap, mailoutbox):
    subscribe(client, mailoutbox)
    edition = factories.publish(nap.rounds[2023])
    drop_triggers()
    long_ago = timezone.now() - timedelta(days=15)
    QuerySet(Edition).filter(pk=edition.pk).update(at=long_ago)
    create_triggers()

    send_news()

    assert mailoutbox == []


def test_publishing_takes_as_long_with_many_readers_as_with_none(
    nap, django_assert_max_num_queries, mailoutbox
):
    of_year = next_year(nap, different={"1.1.1"})
    of = [
        Subscriber(email=f"lezer{each}@nap.example", plan=nap.plan, language="nl")
        for each in range(2_000)
    ]
    Subscriber.objects.bulk_create(of)
    Subscription.objects.bulk_create(Subscription(subscriber=each) for each in of)
    by = factories.coordinator()
    with django_assert_max_num_queries(150):
        publish(of_year, by)
    assert mailoutbox == []
