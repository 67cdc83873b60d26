"""The form of a plan: when, places and groups, outcomes, design and sample, analysis and rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots.queries import MOST_GROUPS, MOST_OUTCOMES, Claim, DesignId, LotId, Reach
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.yardstick.queries import Definition, library
from vliegwiel.web.pages.initiatives.saving import area, day

_GROUP = ("name", "place", "side", "begins")
_OUTCOME = ("version", "relevant", "in_percent", "claim", "low", "likely", "high")
_WITH, _BESIDE = "with", "beside"
#: Empty rows that a form begins with and that a press on "more" adds.
_MORE_GROUPS, _MORE_OUTCOMES = 4, 2
#: Field of a service -> first field of the form that it is about.
_FIRST = {"groups": "name_0", "outcomes": "version_0"}
_LONGEST_KEY = 40


class PlanForm(forms.Form):
    """Nothing but the title has to be filled in; what is empty may come later."""

    title = forms.CharField(label=_("What the pilot is called"), max_length=200)
    starts_on = day(
        _("Starts on"), help_text=_("The plan can be registered until this day, and not later.")
    )
    ends_on = day(_("Ends on"))
    lot = forms.ChoiceField(
        label=_("What the lot decides"),
        choices=LotId.choices,
        initial=LotId.NOTHING,
        widget=forms.RadioSelect,
        help_text=_("Where the lot decides, both sides differ by chance only: the strongest."),
    )
    design = forms.ChoiceField(
        label=_("Design"),
        required=False,
        choices=[("", _("Not chosen yet")), *DesignId.choices],
        help_text=_("Save first: then we say which design is the strongest for these groups."),
    )
    tuning_size = forms.IntegerField(
        label=_("Measurements expected since the start"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_(
            "From the smallest useful test, or your own count. Looking in between is sharpest "
            "near this number."
        ),
    )
    alpha = forms.FloatField(
        label=_("Chance of a false alarm"),
        localize=True,
        initial=0.05,
        help_text=_("0.05 is usual: of 20 pilots that do nothing, one seems to work."),
    )
    reach = forms.ChoiceField(
        label=_("Where it should hold"), choices=Reach.choices, widget=forms.RadioSelect,
        initial=Reach.OWN,
    )  # fmt: skip
    analysis = area(
        _("How the effect is computed"),
        help_text=_("What is compared with what, over which time, and who is left out and why."),
        rows=5,
    )
    stop_rule = area(
        _("When it stops early"),
        help_text=_("For instance: when harm is shown, or when too few youths take part."),
        rows=4,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(
        self, data: QueryDict | None, *, region: Any, facts: PlanFacts | None, seen: int = 0
    ) -> None:
        super().__init__(data, initial=_initial(facts, seen))
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = False
        self._places = [(place.code, place.name) for place in municipalities_of(region)]
        known = facts or PlanFacts(title="")
        self.groups = _rows(data, "name", len(known.groups), _MORE_GROUPS, MOST_GROUPS)
        self.outcomes = _rows(data, "version", len(known.outcomes), _MORE_OUTCOMES, MOST_OUTCOMES)
        marks = _indicators(region, known)
        for row in range(self.groups):
            self.fields |= _group_fields(row, [("", _("None")), *self._places])
        for row in range(self.outcomes):
            self.fields |= _outcome_fields(row, marks)

    def group_rows(self) -> Sequence[Sequence[BoundField]]:
        return [[self[f"{name}_{row}"] for name in _GROUP] for row in range(self.groups)]

    def outcome_rows(self) -> Sequence[Sequence[BoundField]]:
        return [[self[f"{name}_{row}"] for name in _OUTCOME] for row in range(self.outcomes)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for row in self._used("version", data):
            name = f"relevant_{row}"
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Type the smallest effect that matters, above 0."))
        return data

    def facts(self) -> PlanFacts:
        """What was typed, as the service takes it."""
        given = self.cleaned_data
        plain = ("title", "starts_on", "ends_on", "design", "lot", "alpha", "tuning_size", "reach")
        return PlanFacts(
            **{name: given[name] for name in (*plain, "analysis", "stop_rule")},
            groups=self._groups(),
            outcomes=tuple(
                OutcomeFacts(
                    version=int(given[f"version_{row}"]),
                    smallest_relevant=given[f"relevant_{row}"],
                    relevant_per_cent=given[f"in_percent_{row}"],
                    claim=given[f"claim_{row}"] or Claim.ANY,
                    expected_low=given[f"low_{row}"],
                    expected=given[f"likely_{row}"],
                    expected_high=given[f"high_{row}"],
                )
                for row in self._used("version", given)
            ),
        )

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Shows what the service objected to beside its field."""
        for field, sentence in problems.items():
            name = _FIRST.get(field, field)
            self.add_error(name if name in self.fields else None, sentence)

    def _groups(self) -> tuple[GroupFacts, ...]:
        given, places = self.cleaned_data, dict(self._places)
        found: list[GroupFacts] = []
        for row in range(self.groups):
            place = given[f"place_{row}"]
            name = given[f"name_{row}"].strip() or places.get(place, "")
            if not name:
                continue
            treated = given[f"side_{row}"] == _WITH
            found.append(
                GroupFacts(
                    key=_key(name, [group.key for group in found]),
                    name=name,
                    treated=treated,
                    municipality=place,
                    starts_on=given[f"begins_{row}"],
                )
            )
        return tuple(found)

    def _used(self, name: str, data: Mapping[str, Any]) -> list[int]:
        return [row for row in range(self.outcomes) if data.get(f"{name}_{row}")]


def with_more(data: QueryDict, region: Any) -> QueryDict:
    """What was typed with more empty rows, or with a row for each municipality not yet named."""
    grown = data.copy()
    wanted = grown.pop("more", [""])[0]
    groups = _typed_rows(data, "name")
    if wanted == "outcomes":
        count = _typed_rows(data, "version")
        for row in range(count, min(count + _MORE_OUTCOMES, MOST_OUTCOMES)):
            grown[f"version_{row}"] = ""
        return grown
    named = {data.get(f"place_{row}", "") for row in range(groups)}
    places = [place for place in municipalities_of(region) if place.code not in named]
    extra = [place.code for place in places] if wanted == "places" else [""] * _MORE_GROUPS
    for row, code in enumerate(extra, start=groups):
        if row < MOST_GROUPS:
            grown[f"name_{row}"], grown[f"place_{row}"] = "", code
            grown[f"side_{row}"] = _BESIDE
    return grown


def _typed_rows(data: QueryDict, name: str) -> int:
    rows = [key.rpartition("_")[2] for key in data if key.startswith(f"{name}_")]
    return max((int(row) + 1 for row in rows if row.isdecimal() and len(row) < 4), default=0)


def _rows(data: QueryDict | None, name: str, known: int, more: int, most: int) -> int:
    return min(_typed_rows(data, name) if data is not None else known + more, most)


def _key(name: str, taken: Sequence[str]) -> str:
    """The name in files: short, plain, and of one group only."""
    plain = slugify(name)[: _LONGEST_KEY - 4].strip("-") or "groep"
    numbered = (f"{plain}-{number}" for number in range(2, MOST_GROUPS + 2))
    return plain if plain not in taken else next(key for key in numbered if key not in taken)


def _indicators(region: Any, facts: PlanFacts) -> list[tuple[str, str]]:
    """The newest version of each indicator, and the older ones that this plan has chosen."""
    newest: Sequence[Definition] = library(region)
    chosen = {outcome.version for outcome in facts.outcomes}
    missing = chosen - {one.id for one in newest}
    older = [(str(number), _("An earlier version of an indicator")) for number in sorted(missing)]
    named = [(str(one.id), f"{one.name} ({one.unit})") for one in newest]
    return [("", _("None")), *named, *older]  # type: ignore[list-item]


def _group_fields(row: int, places: Sequence[tuple[str, Any]]) -> dict[str, forms.Field]:
    sides = [(_WITH, _("With the initiative")), (_BESIDE, _("To compare with"))]
    begins = day(_("Starts here on"))
    begins.required = False
    return {
        f"name_{row}": forms.CharField(label=_("Group"), required=False, max_length=120),
        f"place_{row}": forms.ChoiceField(
            label=_("Municipality"), required=False, choices=list(places)
        ),
        f"side_{row}": forms.ChoiceField(label=_("Side"), required=False, choices=sides),
        f"begins_{row}": begins,
    }


def _outcome_fields(row: int, marks: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    band = {"low": _("Expected at least"), "likely": _("Expected"), "high": _("Expected at most")}
    return {
        f"version_{row}": forms.ChoiceField(
            label=_("Indicator"), required=False, choices=list(marks)
        ),
        f"relevant_{row}": forms.FloatField(
            label=_("Smallest effect that matters"),
            required=False,
            localize=True,
            help_text=_("In the unit of the indicator; of a share, 0.05 is five of every 100."),
        ),
        f"in_percent_{row}": forms.BooleanField(
            label=_("The effect is in percent, not in the unit"), required=False
        ),
        f"claim_{row}": forms.ChoiceField(
            label=_("To be shown"), required=False, choices=Claim.choices
        ),
        **{
            f"{name}_{row}": forms.FloatField(label=label, required=False, localize=True)
            for name, label in band.items()
        },
    }


def _initial(facts: PlanFacts | None, seen: int) -> dict[str, Any]:
    if facts is None:
        return {"seen": seen}
    plain = (
        *("title", "starts_on", "ends_on", "design", "lot", "alpha", "tuning_size", "reach"),
        *("analysis", "stop_rule"),
    )
    initial = {name: getattr(facts, name) for name in plain} | {"seen": seen}
    for row, group in enumerate(facts.groups):
        side = _WITH if group.treated else _BESIDE
        values = (group.name, group.municipality, side, group.starts_on)
        initial |= {f"{name}_{row}": value for name, value in zip(_GROUP, values, strict=True)}
    for row, one in enumerate(facts.outcomes):
        values = (  # type: ignore[assignment]
            *(str(one.version), one.smallest_relevant, one.relevant_per_cent, one.claim),
            *(one.expected_low, one.expected, one.expected_high),
        )
        initial |= {f"{name}_{row}": value for name, value in zip(_OUTCOME, values, strict=True)}
    return initial
