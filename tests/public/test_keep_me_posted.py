"""Being kept posted by e-mail: asked for on a form, confirmed and ended by links in mails."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.models import Subscriber, Subscription, SubscriptionRequest
from tests import factories
from tests.actions.mailing import Unreachable, html, path
from tests.public.page import Page
from tests.public.subscribing import FORM, SITE, ask, link_in, send_news, subscribe


@pytest.fixture
def client():
    """A browser whose forms are checked as those of the live site are."""
    return Client(enforce_csrf_checks=True)


def page_of(response):
    return Page(response.content.decode())


# --- Asked for ---------------------------------------------------------------


def test_asking_leads_to_one_mail_that_asks_to_confirm(client, nap, mailoutbox):
    response = ask(client, "jan@nap.example", over="thema/arbeid")

    assert response.headers["Location"] == f"{FORM}aangevraagd/"
    assert not response.cookies
    assert not Subscription.objects.exists()
    [mail] = mailoutbox
    assert mail.to == ["jan@nap.example"]
    assert mail.subject == "Bevestig dat u op de hoogte wilt blijven"
    assert mail.body.startswith("Geachte lezer,\n\nU hebt gevraagd om een mail")
    assert "U volgt: Arbeid" in mail.body
    assert "De link werkt 3 dagen." in mail.body
    assert "redacteur" not in mail.body + html(mail)
    assert f'href="{SITE}{link_in(mail, "bevestigen")}"' in html(mail)
    assert "List-Unsubscribe" not in mail.extra_headers


def test_form_lists_what_was_published_and_chooses_what_the_link_says(client, nap, draft):
    page = page_of(client.get(f"{FORM}?over=organisatie/EZK"))

    options = {each["value"] for each in page.all("option")}
    assert options == {
        *("", "thema/arbeid", "thema/inkoop", "thema/zorgvuldigheid"),
        *("organisatie/BZ", "organisatie/EZ", "organisatie/EZK"),
    }
    [chosen] = [each for each in page.all("option") if "selected" in each.attributes]
    assert chosen["value"] == "organisatie/EZK"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": ""}, "Vul uw e-mailadres in."),
        ({"email": "jan"}, "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl."),
        ({"email": "jan@nap.example\nBcc: piet@nap.example"}, "Dit is geen e-mailadres."),
        ({"email": f"{'j' * 300}@nap.example"}, "Dit is geen e-mailadres."),
        ({"over": "thema/bestaat-niet"}, "Kies een van de mogelijkheden."),
        ({"over": "thema/konijnenhok"}, "Kies een van de mogelijkheden."),
    ],
)
def test_form_that_is_not_right_is_shown_again_with_what_is_wrong(
    client, nap, draft, mailoutbox, values, sentence
):
    response = ask(client, **values)

    assert response.status_code == 422
    assert "no-store" in response.headers["Cache-Control"]
    page = page_of(response)
    assert page.one("title").text.startswith("Klopt nog niet:")
    [wrong] = [each for each in page.elements if each.get("aria-invalid")]
    assert sentence in page.one("p", id=wrong["aria-describedby"]).text
    assert mailoutbox == []
    assert not SubscriptionRequest.objects.exists()


def test_answer_is_the_same_whether_or_not_an_address_is_known(client, nap, mailoutbox):
    def answer(email):
        response = ask(client, email)
        return response.status_code, response.headers["Location"], response.content

    subscribe(client, mailoutbox, "bekend@nap.example")

    assert answer("bekend@nap.example") == answer("onbekend@nap.example")
    assert [mail.to for mail in mailoutbox] == [["bekend@nap.example"], ["onbekend@nap.example"]]


def test_a_program_that_fills_in_every_field_gets_nothing_sent(client, nap, mailoutbox):
    response = ask(client, website="https://spam.example")

    assert response.headers["Location"] == f"{FORM}aangevraagd/"
    assert mailoutbox == []
    assert not SubscriptionRequest.objects.exists()


def test_mail_that_cannot_be_sent_is_told_and_does_not_count(client, nap, settings, caplog):
    settings.EMAIL_BACKEND = path(Unreachable)
    for _ in range(5):
        response = ask(client)

    assert response.status_code == 503
    assert "De mail kon niet worden verstuurd." in page_of(response).one("p", role="alert").text
    assert not SubscriptionRequest.objects.exists()


# --- Not too often -----------------------------------------------------------


def test_nobody_can_flood_the_mailbox_of_another(client, nap, mailoutbox):
    for topic in ("", "thema/arbeid", "organisatie/BZ"):
        for name in ("jan.j", "JAN.J", "jan.j+1", "janj"):
            assert ask(client, f"{name}@nap.example", over=topic).status_code == 302

    assert len(mailoutbox) == 3
    ask(client, "piet@nap.example")
    assert len(mailoutbox) == 4


def test_what_is_too_many_does_not_get_as_far_as_the_log_of_the_database(client, nap, mailoutbox):
    for _ in range(3):
        ask(client)
    with CaptureQueriesContext(connection) as queries:
        assert ask(client).status_code == 302

    assert not [each for each in queries if each["sql"].startswith("INSERT")]


def test_next_day_an_address_may_be_mailed_again(client, nap, mailoutbox, monkeypatch):
    for _ in range(4):
        ask(client)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    ask(client)

    assert len(mailoutbox) == 4


def test_database_itself_keeps_the_limit(client, nap, mailoutbox):
    for _ in range(3):
        ask(client)
    [last] = SubscriptionRequest.objects.filter(number=3)
    for number in (3, 4):
        last.pk, last.number = None, number
        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionRequest.objects.create(
                email=last.email, mailbox=last.mailbox, plan=nap.plan, language="nl", number=number
            )


@pytest.fixture
def counted(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
    settings.CACHES = {**settings.CACHES, "limits": memory}
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def asks(client, number, **headers):
    """Ask for so many addresses; returns the answers."""
    return [
        client.post(FORM, {"email": f"lezer{each}@nap.example", "over": ""}, **headers).status_code
        for each in range(number)
    ]


def test_one_client_can_not_have_us_mail_a_list_of_addresses(client, nap, counted, mailoutbox):
    assert asks(client, 12) == [302] * 10 + [429] * 2
    assert len(mailoutbox) == 10
    assert asks(client, 1, REMOTE_ADDR="192.0.2.7") == [302]
    assert not [key for key in caches["limits"]._cache if "127.0.0.1" in key]


def test_behind_a_proxy_a_client_is_who_the_proxy_says(client, nap, counted, settings):
    settings.BEHIND_PROXY = True
    assert asks(client, 11, HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.7")[-1] == 429
    assert asks(client, 1, HTTP_X_FORWARDED_FOR="9.9.9.9, 192.0.2.7") == [429]
    assert asks(client, 1, HTTP_X_FORWARDED_FOR="192.0.2.7, 192.0.2.8") == [302]
    # One that says nothing must not make all its clients one.
    assert asks(client, 12)[-1] == 302


@pytest.mark.parametrize(
    ("client_of_proxy", "another"),
    [
        ("192.0.2.7:{port}", "192.0.2.8:5678"),
        ("[2001:db8::1]:{port}", "[2001:db8:0:1::1]:5678"),
        ("[2001:db8::1]", "[2001:db8:0:1::1]"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8"),
        ("[::ffff:192.0.2.7]:{port}", "[::ffff:192.0.2.8]:5678"),
    ],
)
def test_proxy_may_write_the_port_of_a_client_too(
    client, nap, counted, settings, client_of_proxy, another
):
    settings.BEHIND_PROXY = True
    answers = [
        asks(client, 1, HTTP_X_FORWARDED_FOR=f"1.1.1.1, {client_of_proxy.format(port=port)}")
        for port in range(5000, 5011)
    ]
    assert answers == [[302]] * 10 + [[429]]
    assert asks(client, 1, HTTP_X_FORWARDED_FOR=another) == [302]


@pytest.mark.parametrize(
    "said", ["", "unknown", "[", "[]:1", ":1", "1.2.3.4:", "fe80::1%eth0", "a:b"]
)
def test_whatever_a_proxy_writes_is_no_failure(client, nap, counted, settings, said):
    settings.BEHIND_PROXY = True
    assert asks(client, 1, HTTP_X_FORWARDED_FOR=said) == [302]


def test_a_household_is_one_client(client, nap, counted):
    assert asks(client, 10, REMOTE_ADDR="2001:db8::1")[-1] == 302
    assert asks(client, 1, REMOTE_ADDR="2001:db8::ffff") == [429]
    assert asks(client, 1, REMOTE_ADDR="2001:db8:0:1::1") == [302]


# --- Confirmed ---------------------------------------------------------------


def test_link_leads_to_a_button_and_the_button_confirms(client, nap, mailoutbox):
    ask(client, over="thema/arbeid")
    link = link_in(mailoutbox[0], "bevestigen")

    page = page_of(client.get(link))
    assert "Arbeid" in page.one("main").text
    assert page.one("form")["method"] == "post"
    # A program that looks for harm in mails follows links.
    assert not Subscription.objects.exists()

    page = page_of(client.post(link))
    assert page.one("h1").text == "U blijft op de hoogte"
    kept = Subscription.objects.get()
    assert (kept.subscriber.email, kept.subscriber.language) == ("jan@nap.example", "nl")
    assert kept.topic.title == "Arbeid"


def test_confirming_twice_is_as_confirming_once(client, nap, mailoutbox):
    ask(client)
    ask(client)
    for mail in mailoutbox:
        for _ in range(2):
            assert client.post(link_in(mail, "bevestigen")).status_code == 200

    assert Subscription.objects.count() == 1


def test_who_asks_again_in_english_is_mailed_in_english(client, nap, mailoutbox):
    subscribe(client, mailoutbox)
    subscribe(client, mailoutbox, prefix="/en")

    assert Subscriber.objects.get().language == "en"


def test_one_address_can_follow_several_things(client, nap, mailoutbox):
    for topic in ("", "thema/arbeid", "organisatie/BZ"):
        subscribe(client, mailoutbox, over=topic)

    assert {each.topic.key for each in Subscription.objects.all()} == {
        *("", "thema/arbeid", "organisatie/BZ")
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_works_for_three_days_and_is_then_forgotten(
    client, nap, mailoutbox, monkeypatch, method
):
    ask(client)
    link = link_in(mailoutbox[0], "bevestigen")
    today = timezone.localdate()
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=3))
    send_news()
    assert client.get(link).status_code == 200

    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=4))
    response = getattr(client, method)(link)

    assert response.status_code == 404
    assert page_of(response).one("h1").text == "Deze link werkt niet meer"
    assert not Subscription.objects.exists()
    send_news()
    assert not SubscriptionRequest.objects.exists()


WRONG = "01234567-89ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize("method", ["get", "post"])
def test_link_that_was_never_sent_confirms_nothing(client, nap, mailoutbox, method):
    ask(client)
    key = link_in(mailoutbox[0], "bevestigen").split("/")[-2]
    other = Client()

    assert getattr(other, method)(f"{FORM}bevestigen/{WRONG}/").status_code == 404
    # It belongs to its plan, and ends nothing.
    assert getattr(other, method)(f"/x/op-de-hoogte/bevestigen/{key}/").status_code == 404
    assert getattr(other, method)(f"{FORM}stoppen/{key}/").status_code == 200
    assert SubscriptionRequest.objects.exists()
    assert not Subscription.objects.exists()


# --- Ended -------------------------------------------------------------------


def stop_of(subscription):
    return f"{FORM}stoppen/{subscription.subscriber_id}/"


@pytest.fixture
def stop(client, nap):
    """The link that ends a subscription."""
    return stop_of(factories.subscription(email="jan@nap.example", plan=nap.plan))


def test_link_in_a_mail_leads_to_a_button_that_ends_the_mails(client, stop):
    page = page_of(client.get(stop))
    assert page.one("h1").text == "Stop deze mails"
    assert Subscription.objects.exists()

    for _ in range(2):
        page = page_of(client.post(stop))
        assert page.one("h1").text == "Deze mails zijn gestopt"
    assert not Subscription.objects.exists()
    assert page_of(client.get(stop)).one("h1").text == "Deze mails zijn gestopt"


def test_mail_program_ends_the_mails_with_one_request(client, stop):
    response = client.post(stop, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert not response.cookies
    assert not Subscription.objects.exists()


def test_who_has_ended_it_is_forgotten_and_the_old_link_does_not_bring_it_back(
    client, nap, mailoutbox
):
    ask(client, over="thema/arbeid")
    link = link_in(mailoutbox[0], "bevestigen")
    client.post(link)
    kept = Subscription.objects.get()
    ask(client, over="organisatie/BZ")
    factories.subscription(email="piet@nap.example", plan=nap.plan)

    client.post(stop_of(kept))

    assert [each.email for each in Subscriber.objects.all()] == ["piet@nap.example"]
    assert Subscription.objects.count() == 1
    assert not SubscriptionRequest.objects.exists()
    assert client.post(link).status_code == 404


def test_who_follows_several_things_ends_one_of_them_or_all(client, nap, mailoutbox):
    for topic in ("", "thema/arbeid", "organisatie/BZ"):
        subscribe(client, mailoutbox, over=topic)
    ask(client, "piet@nap.example", over="thema/arbeid")
    of_piet = SubscriptionRequest.objects.get(email="piet@nap.example")
    one = Subscription.objects.get(theme__slug="arbeid")
    stop = stop_of(one)

    page = page_of(client.get(stop))
    [of_one] = [each for each in page.all("button") if each.get("value") == str(one.pk)]
    assert page.one("span", id=of_one["aria-describedby"]).text == "Arbeid"
    for _ in range(2):
        page = page_of(client.post(stop, {"subscription": str(one.pk)}))
        assert "Arbeid" not in page.one("ul", **{"class": "posted__followed"}).text
    assert {each.topic.key for each in Subscription.objects.all()} == {"", "organisatie/BZ"}
    assert not SubscriptionRequest.objects.filter(email="jan@nap.example", theme=one.theme)

    # What belongs to someone else ends nothing.
    other = factories.subscription(email="kees@nap.example", plan=nap.plan)
    for key in (str(other.pk), "x", ""):
        client.post(stop, {"subscription": key})
    assert Subscription.objects.count() == 3

    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert list(Subscription.objects.all()) == [other]
    assert list(SubscriptionRequest.objects.all()) == [of_piet]


def test_with_the_last_thing_that_one_follows_the_address_goes(client, nap, mailoutbox):
    for topic in ("thema/arbeid", "organisatie/BZ"):
        subscribe(client, mailoutbox, over=topic)
    first, last = Subscription.objects.all()
    stop = stop_of(first)

    page = page_of(client.post(stop, {"subscription": str(first.pk)}))
    assert "Arbeid" in page.one("p", role="status").text
    page = page_of(client.post(stop, {"subscription": str(last.pk)}))

    assert page.one("h1").text == "Deze mails zijn gestopt"
    assert not Subscriber.objects.exists()
    assert not SubscriptionRequest.objects.exists()


def test_address_goes_when_what_it_followed_is_deleted(nap):
    kept = factories.subscription(plan=nap.plan)
    gone = factories.subscription(plan=nap.plan, organisation=factories.organisation())
    gone.organisation.delete()

    send_news()

    assert [each.pk for each in Subscriber.objects.all()] == [kept.subscriber_id]


# --- Personal pages ----------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("part", ["bevestigen", "stoppen"])
def test_personal_page_is_for_nobody_else(client, nap, mailoutbox, prefix, part):
    ask(client, prefix=prefix)
    key = SubscriptionRequest.objects.get().pk
    kept = Subscriber.objects.create(pk=key, email="x@nap.example", plan=nap.plan, language="nl")
    kept.subscriptions.create()
    address = f"{prefix}{FORM}{part}/{key}/"

    for method in ("get", "head", "post"):
        response = getattr(client, method)(address)
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in response.headers
        assert not response.cookies
    assert client.put(address).status_code == 405
    assert page_of(client.get(address)).one("html")["lang"] == (prefix[1:] or "nl")
    assert address not in client.get("/sitemap.xml").content.decode()
