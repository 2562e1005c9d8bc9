"""The addresses of the yearly reports."""

from django.urls import path, register_converter

from reports import views


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04}"


register_converter(YearConverter, "year")

app_name = "reports"

urlpatterns = [
    path("<slug:plan>/rapportages/", views.report_list, name="report_list"),
    path("<slug:plan>/rapportages/<year:year>/", views.report_detail, name="report_detail"),
]
