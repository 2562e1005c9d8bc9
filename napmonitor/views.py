"""What a government site owes: to everyone, how accessible it is and what it keeps of them; to
machines, whether it works, what is on it, and what they may look at.
"""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actions.public_page import public_page
from napmonitor.sitemaps import SITEMAPS
from reports.catalogue import dcat

# When the statements were last held against the site.
REVISED = date(2026, 11, 26)
# How long security.txt may be trusted; less than a year is advised.
TRUSTED = timedelta(days=180)


@public_page
def accessibility(request):
    context = _answering() | {"register": settings.ACCESSIBILITY_REGISTER_URL}
    return render(request, "statements/accessibility.html", context)


@public_page
def privacy(request):
    context = _answering() | {"log_days": settings.LOG_DAYS}
    return render(request, "statements/privacy.html", context)


def _answering() -> dict:
    """Who answers for the site, and since when that is so."""
    return {
        "organisation": settings.ORGANISATION,
        "contact": settings.CONTACT_EMAIL,
        "revised": REVISED,
    }


@require_safe
def security_txt(request):
    """Where to report a weakness (RFC 9116); a 404 as long as nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {timezone.now() + TRUSTED:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(_request):
    """Whether the site works and reaches its database; an error of 500 if not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request):
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        # The table in each order and with each combination of choices, which have no end. What one
        # choice gives may be looked at: the year of a dataset is one.
        "Disallow: /*?*&",
        "Disallow: /*?sort=",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain")


@public_page
def sitemap(request):
    return sitemap_of(request, SITEMAPS).render()


@public_page
def catalogue(request):
    """The data of the site, for data portals to harvest."""
    return JsonResponse(dcat(request.build_absolute_uri), content_type="application/ld+json")
