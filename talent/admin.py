"""Support looks, the product's own actions write."""

from django.contrib import admin

from talent.models import Period, Profile


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request, obj=None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Profile)
class ProfileAdmin(ReadOnly):
    list_display = ("code", "version", "name", "sk_number", "used_at")


@admin.register(Period)
class PeriodAdmin(ReadOnly):
    list_display = ("name", "profile", "reckoning_on", "state", "published_at")
