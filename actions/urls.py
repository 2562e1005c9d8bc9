"""The addresses of the register's public pages: Dutch, permanent, plan first."""

from django.urls import path, register_converter

from actions import views
from actions.export import views as export_views
from actions.export.formats import Format


class NumberConverter:
    """The number of an action point: 1.3.2. Each part has as many digits as the database holds."""

    regex = r"[0-9]{1,5}(?:\.[0-9]{1,5}){1,3}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class YearsConverter:
    """Two years: 2023-2024."""

    regex = "[0-9]{4}-[0-9]{4}"

    def to_python(self, value):
        return tuple(map(int, value.split("-")))

    def to_url(self, value):
        return "-".join(f"{year:04}" for year in value)


class ExportFormatConverter:
    regex = "|".join(Format.values)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(NumberConverter, "number")
register_converter(YearsConverter, "years")
register_converter(ExportFormatConverter, "export_format")

app_name = "actions"

urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:plan>/", views.plan_overview, name="plan_overview"),
    path("<slug:plan>/actiepunten/", views.action_point_list, name="action_point_list"),
    path(
        "<slug:plan>/actiepunten/<number:number>/",
        views.action_point_detail,
        name="action_point_detail",
    ),
    path("<slug:plan>/vergelijk/<years:years>/", views.comparison, name="comparison"),
    path(
        "<slug:plan>/actiepunten/export.<export_format:export_format>",
        export_views.export_file,
        name="export_file",
    ),
    path("<slug:plan>/actiepunten/export/", export_views.export_about, name="export_about"),
    path("<slug:plan>/verwijzingen/", views.citation_list, name="citation_list"),
    path("<slug:plan>/themas/<slug:slug>/", views.theme_detail, name="theme_detail"),
    path(
        "<slug:plan>/organisaties/<slug:slug>/",
        views.organisation_detail,
        name="organisation_detail",
    ),
]
