"""The addresses of the site: the admin, and the public pages in two languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from napmonitor import views

urlpatterns = [
    path("beheer/", admin.site.urls),
    path("healthz", views.healthz),
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("catalogus.jsonld", views.catalogue, name="catalogue"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    # Dutch pages have no prefix; the English ones are the same paths under /en/.
    *i18n_patterns(
        path("toegankelijkheid/", views.accessibility, name="accessibility"),
        path("privacy/", views.privacy, name="privacy"),
        path("", include("reports.urls")),
        path("", include("actions.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "napmonitor.errors.bad_request"
handler404 = "napmonitor.errors.not_found"
handler500 = "napmonitor.errors.server_error"
