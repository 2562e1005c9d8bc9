"""The addresses of the site: the admin, and the public pages in two languages."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("beheer/", admin.site.urls),
]
