"""The addresses of the yearly reports, of their editions and of their files."""

from django.urls import include, path, register_converter

from reports import feeds, subscribe, views
from reports.formats import Format


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


class EditionNumberConverter:
    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


class FormatConverter:
    regex = "|".join(Format.values)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(YearConverter, "year")
register_converter(EditionNumberConverter, "edition")
register_converter(FormatConverter, "format")

app_name = "reports"

_FILE = "voortgangsrapportage-<year:of_year>.<format:file_format>"

_of_year = [
    path("", views.report_detail, name="report_detail"),
    path(_FILE, views.report_file, name="report_file"),
    path("editie-<edition:number>/", views.report_detail, name="edition_detail"),
    path(f"editie-<edition:number>/{_FILE}", views.report_file, name="edition_file"),
]

_keep_me_posted = [
    path("", subscribe.keep_me_posted, name="keep_me_posted"),
    path("aangevraagd/", subscribe.subscription_asked, name="subscription_asked"),
    path("bevestigen/<uuid:key>/", subscribe.confirm_subscription, name="confirm_subscription"),
    path("stoppen/<uuid:key>/", subscribe.unsubscribe, name="unsubscribe"),
]

urlpatterns = [
    path("<slug:plan>/nieuws.atom", feeds.plan_feed, name="plan_feed"),
    path("<slug:plan>/themas/<slug:slug>/nieuws.atom", feeds.theme_feed, name="theme_feed"),
    path(
        "<slug:plan>/organisaties/<slug:slug>/nieuws.atom",
        feeds.organisation_feed,
        name="organisation_feed",
    ),
    path("<slug:plan>/op-de-hoogte/", include(_keep_me_posted)),
    path("<slug:plan>/rapportages/", views.report_list, name="report_list"),
    path("<slug:plan>/rapportages/<year:year>/", include(_of_year)),
]
