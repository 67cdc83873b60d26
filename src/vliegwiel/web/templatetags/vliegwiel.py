"""Filters and tags of the pages; load with {% load vliegwiel %}."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from vliegwiel.apps.intake.queries import path_in_words
from vliegwiel.apps.regions.searching import MOST_FOUND
from vliegwiel.web import loop, notation

register = template.Library()

register.filter("euro", notation.euro)
register.filter("percent", notation.percent)
register.filter("signed", notation.signed)
register.filter("day", notation.day)
register.filter("moment", notation.moment)
register.filter("month", notation.month)


@register.filter
def line_in_words(path: str) -> str:
    """The place of a finding, with the word for a line in the language of the page."""
    return path_in_words(path)


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    return notation.number(value, decimals)


@register.filter
def found_number(total: int, too_many: bool = True) -> str:
    """How many a search found; where it was `too_many`, not all were counted."""
    if not too_many or total <= MOST_FOUND:
        return notation.number(total)
    return gettext("more than %(number)s") % {"number": notation.number(MOST_FOUND)}


@register.filter
def plural_of(value: Any, decimals: int = 0) -> int:
    """What chooses between singular and plural: 1 only where the number is shown as one."""
    return 1 if abs(round(Decimal(str(value)), decimals)) == 1 else 2


@register.filter
def unlocalized(value: Any) -> str:
    """A number as HTML attributes want it, without the notation of a language."""
    return str(value)


@register.filter
def in_language(text: Any) -> str:
    """The text in the visitor's language of data that holds both: {"nl": ..., "en": ...}."""
    if not text:
        return ""
    language = (get_language() or "nl")[:2]
    if isinstance(text, dict):
        return str(text.get(language) or text.get("nl") or "")
    return str(getattr(text, language, None) or getattr(text, "nl", ""))


@register.filter
def drawing(svg: str) -> SafeString:
    """A chart made by `web.charts`, which escapes what it draws."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def theme_stylesheet() -> str:
    """The address of the theme's file, also where no request is at hand."""
    return static(f"theme-{settings.THEME}.css")


@dataclass(frozen=True, slots=True)
class NavigationItem:
    part: loop.LoopPart
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def loop_navigation(context: template.Context) -> list[NavigationItem]:
    """The parts of the loop in the region of this page, with the one that the page belongs to."""
    region, match = context.get("region"), context["request"].resolver_match
    if not region or not match:
        return []
    current = loop.part_of_page(match.func.__module__, match.kwargs.get("part", ""))
    return [NavigationItem(part, part.url(region.slug), part is current) for part in loop.PARTS]


_WIDGETS = {
    "select": "select",
    "selectmultiple": "select",
    "textarea": "textarea",
    "checkbox": "checkbox",
    "radioselect": "choices",
    "checkboxselectmultiple": "choices",
    "clearablefile": "file",
    "file": "file",
    "severalfiles": "file",
}
_CLASSES = {
    "select": "utrecht-select",
    "textarea": "utrecht-textarea",
    "file": "vw-file",
    "textbox": "utrecht-textbox",
}


@register.filter
def field_kind(field: BoundField) -> str:
    """Which form of the field component this Django field needs."""
    return _WIDGETS.get(field.widget_type, "textbox")


@register.filter
def field_input(field: BoundField) -> SafeString:
    """The input with the classes of its component; Django joins it to its hint and errors."""
    # Words inside an empty field look like an answer; what they say stands in the label.
    field.field.widget.attrs.pop("placeholder", None)
    kind = field_kind(field)
    names = _CLASSES.get(kind, "")
    if field.errors and kind in {"textbox", "textarea", "select"}:
        names += f" {names.split()[0]}--invalid"
    return field.as_widget(attrs={"class": names} if names else None)


@register.filter
def without_hint(field: BoundField) -> BoundField:
    """The field without its hint, where the page itself says it better."""
    field.help_text = ""
    return field


@register.filter
def elided_pages(page: Any) -> Iterator[int | str]:
    """Page numbers with gaps, for the pagination component."""
    pages: Iterator[int | str] = page.paginator.get_elided_page_range(
        page.number, on_each_side=1, on_ends=1
    )
    return pages
