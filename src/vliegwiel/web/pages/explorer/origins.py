"""The care system and where each of its numbers comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import descriptions, queries
from vliegwiel.science.caresystem import (
    Assumed,
    CareSystem,
    CareType,
    Derived,
    Fitted,
    NumberOrigin,
    Printed,
    Quantity,
    quantities,
)
from vliegwiel.web import notation
from vliegwiel.web.charts import Flow, flow_chart
from vliegwiel.web.components import Column, FigureBlock, Quality, Table

from . import formulas
from .amounts import amount

_PER_PAGE = 25
KINDS = {
    "printed": gettext_lazy("Printed in a source"),
    "derived": gettext_lazy("Calculated"),
    "fitted": gettext_lazy("Estimated from own data"),
    "assumed": gettext_lazy("Assumed"),
}
_TONES = {"printed": "valid", "derived": "neutral", "fitted": "valid", "assumed": "warning"}


class OriginFilter(forms.Form):
    """Which numbers to show."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=gettext_lazy("Where the number comes from"),
        required=False,
        choices=[("", gettext_lazy("Anywhere")), *KINDS.items()],
    )


@dataclass(frozen=True, slots=True)
class OriginRow:
    label: str
    amount: str
    kind: str
    tone: str
    origin: str
    note: str
    formula: str
    inputs: Sequence[str]


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Numbers that stand together; `note` is what holds for all of them, said once."""

    note: str
    rows: Sequence[OriginRow]


@dataclass(frozen=True, slots=True)
class CareSystemPage:
    version: Any
    title: str
    start: str
    youths: str
    picture: FigureBlock
    care_types: Table
    form: OriginFilter
    numbers: Page[NumberOrigin]
    groups: Sequence[OriginGroup]
    query: str
    counts: Sequence[tuple[str, int]]
    sources: Sequence[Any]


def care_system_page(version: Any, query: Mapping[str, str]) -> CareSystemPage:
    """What the care system is, and the numbers that the visitor asks for."""
    system = queries.care_system(version)
    form = OriginFilter(query)
    form.is_valid()
    every = quantities(system)
    chosen = _chosen(every, form.cleaned_data.get("q", ""), form.cleaned_data.get("kind", ""))
    sources = {source.id: source.title for source in system.sources}
    labels = {item.address: descriptions.in_language(item.label) for item in every}
    numbers = Paginator(chosen, _PER_PAGE).get_page(query.get("page"))
    kept = {name: query[name] for name in ("q", "kind") if query.get(name)}
    kinds = [item.kind for item in every]
    return CareSystemPage(
        version=version,
        title=descriptions.in_language(system.title),
        start=notation.month(system.start),
        youths=amount(system.youths.value, system.youths.unit),
        picture=_picture(system, version),
        care_types=_care_types(system),
        form=form,
        numbers=numbers,
        groups=_groups([_row(item, sources, labels) for item in numbers]),
        query=f"{urlencode(kept)}&" if kept else "",
        counts=[(str(label), kinds.count(kind)) for kind, label in KINDS.items()],
        sources=system.sources,
    )


def _chosen(every: Sequence[NumberOrigin], words: str, kind: str) -> list[NumberOrigin]:
    wanted = words.casefold().split()
    return [
        item
        for item in every
        if (not kind or item.kind == kind)
        and all(
            word in f"{descriptions.in_language(item.label)} {item.address}".casefold()
            for word in wanted
        )
    ]


def _groups(rows: Sequence[OriginRow]) -> list[OriginGroup]:
    """Rows below each other with the same note come together, so that it is not said again."""
    return [
        OriginGroup(note if len(found) > 1 else "", found)
        for note, together in groupby(rows, key=lambda row: row.note)
        for found in [list(together)]
    ]


def _row(item: NumberOrigin, sources: Mapping[str, str], labels: Mapping[str, str]) -> OriginRow:
    origin = item.provenance
    where, note = _origin(item, sources)
    formula, inputs = "", []
    if isinstance(origin, Derived):
        letters = formulas.letters_of(origin)
        formula = formulas.in_letters(origin, letters)
        inputs = _inputs(origin, letters, sources, labels)
    return OriginRow(
        label=capfirst(descriptions.in_language(item.label)),
        amount=amount(item.value, item.unit),
        kind=str(KINDS[item.kind]),
        tone=_TONES[item.kind],
        origin=where,
        note=note,
        formula=formula,
        inputs=inputs,
    )


def _origin(item: NumberOrigin, sources: Mapping[str, str]) -> tuple[str, str]:
    """Where the number comes from, and what there is to say about that."""
    origin = item.provenance
    if isinstance(origin, Printed):
        note = descriptions.in_language(origin.note) if origin.note else ""
        return f"{sources[origin.source]}, {origin.place}", note
    if isinstance(origin, Assumed | Fitted):
        span = {"low": amount(origin.low, item.unit), "high": amount(origin.high, item.unit)}
        where = _("%(low)s to %(high)s") % span
        if isinstance(origin, Fitted):
            words = {"source": sources[origin.source], "span": where}
            words["count"] = notation.persons(origin.observations)
            where = _("%(source)s: %(span)s, from %(count)s observations") % words
        return where, descriptions.in_language(origin.why)
    return "", descriptions.in_language(origin.how)


def _inputs(
    origin: Derived,
    letters: Mapping[str, str],
    sources: Mapping[str, str],
    labels: Mapping[str, str],
) -> list[str]:
    """What the letters in the formula stand for, and where their numbers come from."""
    lines = []
    for name, given in origin.inputs.items():
        letter = letters[name]
        if given.ref is not None:
            lines.append(f"{letter} = {labels.get(given.ref, given.ref)}")
            continue
        value = notation.MISSING if given.value is None else formulas.exact(given.value)
        if given.source is not None:
            where = f"{sources[given.source]}, {given.place}"
        else:
            low, high = (
                None if end is None else formulas.exact(end) for end in (given.low, given.high)
            )
            where = _("assumed, %(low)s to %(high)s") % {"low": low, "high": high}
        lines.append(f"{letter} = {value} ({where})")
    return lines


def _care_types(system: CareSystem) -> Table:
    """The forms of care with what they hold at the start."""
    columns = [
        Column(_("Form of care")),
        Column(_("In care at the start"), "number"),
        Column(_("Waiting at the start"), "number"),
        Column(_("Places"), "number"),
        Column(_("Mean length (days)"), "number"),
        Column(_("Cost per day (€)"), "number"),
    ]
    rows = [_care_type(care_type) for care_type in system.care_types]
    return Table(_("Forms of care in the model"), columns, rows)


def _care_type(care: CareType) -> tuple[str | float | None, ...]:
    places = care.capacity.places if care.capacity.kind == "places" else None
    return (
        capfirst(descriptions.in_language(care.label)),
        _persons(care.in_care_at_start),
        _persons(care.waiting_at_start),
        _persons(places),
        care.stay.mean.value,
        care.cost_per_day.value,
    )


def _persons(quantity: Quantity | None) -> str | float | None:
    """A number of youths; a small one that a fit holds is not shown."""
    if quantity is None:
        return None
    held = isinstance(quantity.provenance, Assumed | Fitted)
    return notation.persons(quantity.value) if held else quantity.value


def _picture(system: CareSystem, version: Any) -> FigureBlock:
    """Who sends youths where: the picture of the system."""
    names = descriptions.places_of(system)
    columns = [Column(_("From")), Column(_("To")), Column(_("Youths a month"), "number", 1)]
    rows = [
        (
            descriptions.in_language(referrer.label),
            names[step.care_type],
            referrer.rate.value * step.share.value,
        )
        for referrer in system.referrers
        for step in referrer.destinations
    ]
    total = sum(referrer.rate.value for referrer in system.referrers)
    return FigureBlock(
        id="flows",
        title=_("Every month about %(count)s youths are referred to care")
        % {"count": notation.number(total)},
        what=_("From who refers to the form of care. The thicker the line, the more youths."),
        table=Table(_("Referrals a month"), columns, rows),
        chart=flow_chart(
            [Flow(*row) for row in rows], what=_("referrals a month"), order=list(names.values())
        ),
        quality=Quality("model", _("input of the model; the table below tells where from")),
        source=_("model of the care system “%(title)s”, version %(version)s")
        % {"title": descriptions.in_language(system.title), "version": system.version},
        date=notation.day(version.loaded_at),
        heading=2,
    )
