"""For support: looking, not changing; changes go through the product's own pages."""

from django.contrib import admin
from django.http import HttpRequest

from personnel import models


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(models.Job)
class JobAdmin(ReadOnly):
    list_display = ("kind", "scope", "state", "done", "total", "created_at", "finished_at")
    list_filter = ("state", "kind")


@admin.register(models.AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("happened_at", "verb", "object_type", "object_id", "capacity")
    list_select_related = ("actor",)
