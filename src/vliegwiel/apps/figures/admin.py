from django.contrib import admin
from django.http import HttpRequest

from .models import (
    FigureDelivery,
    RegionalFigure,
    Source,
    WaitingTimeDelivery,
    WaitingTimeStatement,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at only: changes go through the services, which check rights and keep history."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: object = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ["title", "publisher", "year", "kind"]
    search_fields = ["title", "publisher"]


@admin.register(FigureDelivery)
class FigureDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["name", "region", "loaded_at", "loaded_by"]


@admin.register(RegionalFigure)
class RegionalFigureAdmin(ReadOnlyAdmin):
    list_display = ["measure", "area", "period", "care_form", "value", "unit", "status"]
    list_filter = ["region", "measure"]


@admin.register(WaitingTimeDelivery)
class WaitingTimeDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["region", "generated_at", "name", "loaded_by"]


@admin.register(WaitingTimeStatement)
class WaitingTimeStatementAdmin(ReadOnlyAdmin):
    list_display = ["provider", "offer", "place", "stated_on", "observation"]
    search_fields = ["provider", "offer"]
