"""The public pages of being kept posted: the feeds, the form, and what the links in mails lead to.

They set no cookie, and so have no token against forged forms. None is needed: the form only leads
to a mail, and that has to be confirmed; the other pages are known to nobody but who got that mail.
"""

from functools import wraps

from django.core.mail import get_connection
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actions import letters
from actions.public_page import public_page
from actions.views import published_rounds
from reports import limits, services, topics
from reports.models import Subscriber, Subscription, SubscriptionRequest
from reports.subscription_form import SubscriptionForm
from reports.subscription_mails import to_confirm
from reports.topics import Topic


@csrf_exempt
def keep_me_posted(request, plan):
    """The feeds of a plan, and the form for mails. `?over=thema/…` chooses what it is about."""
    return (_asked if request.method == "POST" else _page)(request, plan)


@public_page
def _page(request, plan):
    plan = published_rounds(plan)[0].plan
    form = _form(plan, chosen=request.GET.get("over", ""))
    if form.initial["over"] not in form.topics:
        raise Http404
    return _with_form(request, plan, form)


@never_cache
def _asked(request, plan):
    plan = published_rounds(plan)[0].plan
    form = _form(plan, request.POST)
    if not form.is_valid():
        return _with_form(request, plan, form, status=422)
    if not limits.may_ask(request):
        wrong = _("You have asked for mails many times in a short while. Try again in an hour.")
        return _with_form(request, plan, form, wrong=wrong, status=429)
    if not form.is_by_a_program and not _send_request(form.cleaned_data):
        wrong = _("The mail could not be sent. Try again later.")
        return _with_form(request, plan, form, wrong=wrong, status=503)
    # The same for every address: nobody learns from it who is kept posted.
    return redirect("reports:subscription_asked", plan.slug)


def _send_request(cleaned) -> bool:
    """Send the mail that asks to confirm, unless the address had enough; whether that went well."""
    asked = services.ask_for_subscription(
        email=cleaned["email"], topic=cleaned["over"], language=get_language()
    )
    if asked is None:
        return True
    connection = get_connection()
    is_sent = letters.send(to_confirm(asked), connection)
    connection.close()
    if not is_sent:
        # Then it is no mail that counts.
        asked.delete()
    return is_sent


def _form(plan, data=None, chosen=""):
    of_plan = [Topic(plan), *topics.themes(plan), *topics.organisations(plan)]
    return SubscriptionForm(data, topics=of_plan, chosen=chosen)


def _with_form(request, plan, form, wrong="", status=200):
    every = form.topics.values()
    context = {
        "plan": plan,
        "form": form,
        "chosen": form["over"].value(),
        "wrong": wrong,
        "whole": form.topics[""],
        "themes": [each for each in every if each.theme],
        "organisations": [each for each in every if each.organisation],
    }
    return render(request, "reports/keep_me_posted.html", context, status=status)


@public_page
def subscription_asked(request, plan):
    """What comes next: a mail."""
    context = {"plan": published_rounds(plan)[0].plan}
    return render(request, "reports/subscription_asked.html", context)


# --- What the links in mails lead to -------------------------------------------


def _personal_page(view):
    """A page for who got a mail. GET changes nothing: programs that look for harm follow links."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        # The key in its address would stand in the log of every server that the page leads to, and
        # in our own with each style that it fetches.
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@_personal_page
def confirm_subscription(request, plan, key):
    """Asks to confirm, and does so."""
    plan = published_rounds(plan)[0].plan
    asked = (
        SubscriptionRequest.objects.valid()
        .select_related("plan", "theme", "organisation")
        .filter(plan=plan, pk=key)
        .first()
    )
    context = {"plan": plan, "asked": asked, "subscription": None}
    if asked and request.method == "POST":
        context["subscription"] = services.confirm_subscription(request=asked)
    status = 200 if asked else 404
    return render(request, "reports/subscription_confirm.html", context, status=status)


@_personal_page
def unsubscribe(request, plan, key):
    """Asks whether to end the mails, and does so; also for a mail program that asks nothing.

    All of them, or the one that was chosen. What has ended, or never was, is as one would have it.
    """
    plan = published_rounds(plan)[0].plan
    subscriber = Subscriber.objects.filter(plan=plan, pk=key).first()
    ended = None
    if subscriber and request.method == "POST":
        if "subscription" in request.POST:
            ended = _end_one(subscriber, request.POST["subscription"])
        else:
            services.end_subscriptions(subscriber=subscriber)
    followed = Subscription.objects.filter(subscriber=key)
    context = {
        "plan": plan,
        "followed": followed.select_related("subscriber__plan", "theme", "organisation"),
        "ended": ended,
    }
    return render(request, "reports/subscription_end.html", context)


def _end_one(subscriber, key) -> Topic | None:
    for each in subscriber.subscriptions.all():
        if str(each.pk) == key:
            topic = each.topic
            services.end_subscription(subscription=each)
            return topic
    return None
