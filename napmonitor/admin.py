"""The admin at /beheer/."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class BeheerConfig(AdminConfig):
    default_site = "napmonitor.admin.Beheer"


class Beheer(admin.AdminSite):
    site_title = _("NAP monitor")
    site_header = _("NAP monitor")
    index_title = _("Administration")
