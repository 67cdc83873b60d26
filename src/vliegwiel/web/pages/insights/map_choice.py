"""Which insights the map shows: chosen in a form, kept in the address so that it can be shared."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.insights import queries
from vliegwiel.apps.insights.queries import InsightDetail, InsightMapData

_NO_PRIORITY = "none"


class MapForm(forms.Form):
    """Every choice may be left empty; the names in the address are Dutch, as the paths are."""

    prioriteit = forms.ChoiceField(
        label=_("Priority"),
        required=False,
        choices=lambda: [
            ("", _("Every priority")),
            *queries.priority_levels(),
            (_NO_PRIORITY, _("No priority yet")),
        ],
    )
    rond = forms.TypedChoiceField(
        label=_("Around one insight"), required=False, coerce=int, empty_value=None
    )
    woord = forms.CharField(label=_("With this word"), required=False, max_length=60)
    basis = forms.BooleanField(label=_("Only the basis for all projects"), required=False)

    def __init__(self, insights: Sequence[InsightDetail], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = [(item.number, item.name) for item in insights]
        self.fields["rond"].choices = [("", _("All insights")), *numbered]  # type: ignore[attr-defined]

    def chosen(self, insights: Sequence[InsightDetail]) -> Sequence[InsightDetail]:
        """The insights that fit every choice; a choice that does not exist counts as none."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        tests: dict[str, Callable[[InsightDetail], bool]] = {
            "prioriteit": lambda item: _level(item) == given["prioriteit"],
            "rond": lambda item: given["rond"] in {item.number, *_neighbours(item)},
            "woord": lambda item: given["woord"].casefold() in _words(item),
            "basis": lambda item: bool(item.priority and item.priority.basis_for_all_projects),
        }
        return [item for item in insights if all(tests[name](item) for name in given)]


def narrowed(data: InsightMapData, shown: Sequence[InsightDetail]) -> InsightMapData:
    """The map with these insights alone, and the relations between them."""
    numbers = {item.number for item in shown}
    return replace(
        data,
        nodes=[node for node in data.nodes if node.number in numbers],
        edges=[edge for edge in data.edges if {edge.origin, edge.target} <= numbers],
    )


def _level(item: InsightDetail) -> str:
    return item.priority.level if item.priority else _NO_PRIORITY


def _neighbours(item: InsightDetail) -> set[int]:
    return {ref.number for ref in (*item.relates_to, *item.related_from)}


def _words(item: InsightDetail) -> str:
    heard = " ".join(row.text for row in item.observations)
    return f"{item.title} {item.summary} {heard}".casefold()
