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
from reports.models import (
    CoverLetter,
    Edition,
    EditionFile,
    ReportText,
    Subscriber,
    Subscription,
)

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


class SubscriptionInline(ReadOnlyInline):
    model = Subscription
    fields = ("theme", "organisation", "since")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subscriber__plan")


@admin.register(Subscriber)
class SubscriberAdmin(GuardedAdmin):
    """How many people are kept posted of what. Someone is only found by who knows their whole
    address, to remove it when they ask for that.

    The address is posted: the address of a page ends up in the log of a server, and in a browser.
    """

    change_list_template = "admin/reports/subscriber/list.html"
    list_display = ("email", "plan", "language")
    list_select_related = ("plan",)
    fields = ("email", "plan", "language")
    inlines = (SubscriptionInline,)
    search_fields = ("email",)
    search_help_text = _("The whole address of the person who asked to be removed.")
    show_full_result_count = False
    # On the page of who was found one sees what goes.
    actions = None

    def get_search_results(self, request, queryset, search_term):
        return queryset.filter(email=request.POST.get("email", "").strip().lower()), False

    def changelist_view(self, request, extra_context=None):
        numbers = (
            Subscription.objects.order_by(
                "subscriber__plan",
                *(F(name).asc(nulls_first=True) for name in ("theme", "organisation__name")),
            )
            .values("subscriber__plan__title", "theme__title", "organisation__name")
            .annotate(number=Count("pk"))
        )
        context = {"numbers": numbers, "is_search": "email" in request.POST}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def delete_model(self, request, obj):
        services.end_subscriptions(subscriber=obj)

    # Only who is kept posted can begin or change that.

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
