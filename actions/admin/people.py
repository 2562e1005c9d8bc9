"""People in the admin: who may sign in, in which group, at which organisation."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.forms import CheckboxSelectMultiple
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actions import permissions
from actions.admin.base import GuardedAdmin, RegisterAdmin, RowsInline
from actions.admin.filters import OnlyUsed
from actions.models import Membership

User = get_user_model()

admin.site.unregister(User)
admin.site.unregister(Group)


class MembershipInline(RowsInline):
    model = Membership
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation", "user")


@admin.register(User)
class UserAdmin(GuardedAdmin, auth_admin.UserAdmin):
    list_display = ("username", "name", "in_groups", "works_at", "is_staff", "is_active")
    list_filter = ("is_active", "groups", ("memberships__organisation", OnlyUsed))
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ("user_permissions",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    inlines = (MembershipInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "memberships__organisation")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and request.user.is_superuser:
            # Rights beyond the groups: only who has every right hands these out.
            beyond = {"fields": ("is_superuser", "user_permissions"), "classes": ("collapse",)}
            return (*fieldsets, (_("Rights beyond the groups"), beyond))
        return fieldsets

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        kwargs["widget"] = CheckboxSelectMultiple()
        if not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(name__in=permissions.GROUPS)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = _group_label
        field.help_text = ""
        return field

    @admin.display(description=_("name"), ordering="last_name")
    def name(self, user):
        return user.get_full_name() or "–"

    @admin.display(description=_("groups"))
    def in_groups(self, user):
        return ", ".join(_group_label(group) for group in user.groups.all()) or "–"

    @admin.display(description=_("organisations"))
    def works_at(self, user):
        return ", ".join(held.organisation.label for held in user.memberships.all()) or "–"


@admin.register(Group)
class GroupAdmin(GuardedAdmin, auth_admin.GroupAdmin):
    list_display = ("label", "members")
    ordering = ("pk",)

    def get_queryset(self, request):
        groups = super().get_queryset(request)
        return groups.prefetch_related("permissions__content_type", "user_set")

    @admin.display(description=_("name"), ordering="name")
    def label(self, group):
        return _group_label(group)

    @admin.display(description=_("members"))
    def members(self, group):
        return len(group.user_set.all())


@admin.register(Membership)
class MembershipAdmin(RegisterAdmin):
    list_display = ("user", "organisation")
    list_filter = (("organisation", OnlyUsed),)
    list_select_related = ("user", "organisation")
    search_fields = (
        "user__username",
        "user__first_name",
        "user__last_name",
        "organisation__abbreviation",
        "organisation__name",
    )
    autocomplete_fields = ("user", "organisation")
    fields = ("user", "organisation")


def _group_label(group):
    return capfirst(str(permissions.GROUPS.get(group.name, group.name)))
