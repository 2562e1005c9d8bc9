"""The reports in the admin."""

from django.contrib import admin
from django.db.models import Count, F
from django.forms import model_to_dict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from actions.admin.base import GuardedAdmin, ReadOnlyInline
from actions.admin.filters import OnlyUsed
from actions.admin.part_of_round import PartOfRoundAdmin
from actions.admin.round_page import PAGES, address_of
from reports import import_page, letter_page, publish_page, services, withdraw_page
from reports.models import CoverLetter, Edition, EditionFile, ReportText, Subscription

PAGES.extend([*publish_page.PAGES, withdraw_page.PAGE, import_page.PAGE, letter_page.PAGE])


@admin.register(ReportText)
class ReportTextAdmin(PartOfRoundAdmin):
    list_display = ("title", "round", "pillar", "position")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan", "pillar")
    ordering = ("-round__year", F("pillar__number").asc(nulls_first=True), "position")
    search_fields = ("title", "body")
    fields = ("round", "pillar", "position", "title", "body")


@admin.register(CoverLetter)
class CoverLetterAdmin(PartOfRoundAdmin):
    list_display = ("round", "dossier", "subject", "date")
    list_select_related = ("round__plan",)
    ordering = ("-round__year",)
    search_fields = ("dossier", "subject", "body")
    fields = (
        *("round", "dossier", "subject", ("place", "date")),
        *("salutation", "body", "office", "name"),
    )

    def get_changeform_initial_data(self, request):
        # Most of a letter stands from year to year.
        last = CoverLetter.objects.order_by("-round__year").first()
        from_last = model_to_dict(last, exclude=("id", "round", "date")) if last else {}
        return from_last | super().get_changeform_initial_data(request)

    # There one reads the letter as it will be, and gets the files.

    def response_post_save_add(self, request, obj):
        return redirect(address_of(obj.round, "letter"))

    def response_post_save_change(self, request, obj):
        return redirect(address_of(obj.round, "letter"))


class EditionFileInline(ReadOnlyInline):
    model = EditionFile
    fields = ("format", "size", "checksum")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content").select_related("edition__round__plan")


@admin.register(Edition)
class EditionAdmin(GuardedAdmin):
    """What was published, by whom and with which checksums, for whoever has to account for it."""

    list_display = ("__str__", "published_on", "by", "note")
    list_filter = (("round", OnlyUsed),)
    list_select_related = ("round__plan", "by")
    ordering = ("-round__year", "-number")
    search_fields = ("note", "round__year__startswith", "round__plan__title")
    fields = ("round", "number", "note", "published_on", "at", "by", "checksum")
    inlines = (EditionFileInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("document").select_related("round__plan", "by")

    # Publishing adds them, and nobody changes or deletes them: a superuser neither.

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Subscription)
class SubscriptionAdmin(GuardedAdmin):
    """How many people are kept posted of what. An address is only found by who knows it whole, to
    remove it for who asks for that.
    """

    change_list_template = "admin/reports/subscription/list.html"
    list_display = ("email", "plan", "theme", "organisation", "language", "since")
    list_select_related = ("plan", "theme", "organisation")
    fields = ("email", "plan", "theme", "organisation", "language", "since")
    search_fields = ("email",)
    search_help_text = _("The whole address of the person who asked to be removed.")
    show_full_result_count = False

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(email=search_term.strip().lower()), False

    def changelist_view(self, request, extra_context=None):
        numbers = (
            Subscription.objects.order_by(
                "plan", *(F(name).asc(nulls_first=True) for name in ("theme", "organisation__name"))
            )
            .values("plan__title", "theme__title", "organisation__name")
            .annotate(number=Count("pk"))
        )
        return super().changelist_view(request, {"numbers": numbers, **(extra_context or {})})

    def delete_model(self, request, obj):
        services.end_subscription(subscription=obj)

    def delete_queryset(self, request, queryset):
        for each in queryset:
            services.end_subscription(subscription=each)

    # Only who is kept posted can begin or change that.

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
