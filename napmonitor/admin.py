"""The admin at /beheer/: its order, what it answers to whom, and its content security policy."""

from functools import wraps

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from actions.kept import keeping


class BeheerConfig(AdminConfig):
    default_site = "napmonitor.admin.Beheer"


# The index in the order of the work. A model that is not named here stands at the end.
SECTIONS = (
    (_("The yearly round"), ("ReportingRound", "StatusEntry", "EntryTransition")),
    (_("The plan"), ("ActionPoint", "Theme", "Pillar", "Plan")),
    (_("Who is responsible"), ("Organisation", "Responsibility")),
    (_("The report"), ("Edition", "ReportText", "CoverLetter", "Status", "Subscriber")),
    (_("People"), ("User", "Membership", "Group")),
)
_ORDER = [name for _title, names in SECTIONS for name in names]


class Beheer(admin.AdminSite):
    site_title = _("NAP monitor")
    site_header = _("NAP monitor")
    index_title = _("Administration")

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(_guarded(view), cacheable)
        if hasattr(view, "keeps_text"):
            guarded = keeping(guarded, fields=view.keeps_text, is_signed_in=self.has_permission)
        return _with_policy(guarded)

    def index(self, request, extra_context=None):
        # Django reads this module before there are models.
        from actions.admin.work import work_of

        return super().index(request, {**work_of(request.user), **(extra_context or {})})

    def login(self, request, extra_context=None):
        return _with_policy(super().login)(request, extra_context)

    def get_app_list(self, request, app_label=None):
        apps = list(self._build_app_dict(request, app_label).values())
        models = sorted((model for app in apps for model in app["models"]), key=_position)
        if app_label:
            return [{**app, "models": models} for app in apps]
        sections = [
            _section(title, [model for model in models if model["object_name"] in names])
            for title, names in SECTIONS
        ]
        others = [model for model in models if model["object_name"] not in _ORDER]
        sections.append(_section(_("Other"), others))
        return [section for section in sections if section["models"]]


def _position(model):
    name = model["object_name"]
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), str(model["name"]))


def _section(title, models):
    return {"name": title, "app_label": "section", "app_url": "", "models": models}


def _with_policy(view):
    return csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(view)


def _guarded(view):
    """What one may not see does not exist; and the import map of the editor gets its nonce."""
    model_admin = getattr(view, "__self__", None)

    @wraps(view)
    def guarded(request, *args, **kwargs):
        try:
            response = view(request, *args, **kwargs)
        except PermissionDenied as denied:
            # Rows that one may not see are left out by their queryset, so that here the list is
            # what counts: who may see it gets 403 for what they may not do.
            if isinstance(
                model_admin, admin.ModelAdmin
            ) and model_admin.has_view_or_change_permission(request):
                raise
            raise Http404 from denied
        context = getattr(response, "context_data", None) or {}
        if isinstance(context.get("media"), Media):
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        return response

    return guarded
