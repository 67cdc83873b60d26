from django.contrib import admin
from django.http import HttpRequest

from .models import Consultation, Insight, Priority


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at only: changes go through the services, which check rights and keep history."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False


@admin.register(Insight)
class InsightAdmin(ReadOnlyAdmin):
    list_display = ["number", "title_nl", "region"]
    list_filter = ["region"]


@admin.register(Priority)
class PriorityAdmin(ReadOnlyAdmin):
    list_display = ["insight", "level", "decided_by_nl", "decided_on", "replaced_at"]


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ["group_nl", "start", "region"]
