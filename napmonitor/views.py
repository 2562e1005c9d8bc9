"""What a site owes to machines: whether it works, what is on it, and what they may look at."""

from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actions.public_page import public_page
from napmonitor.sitemaps import SITEMAPS


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
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain")


@public_page
def sitemap(request):
    return sitemap_of(request, SITEMAPS).render()
