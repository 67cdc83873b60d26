"""Tables of a generated region, from what is true of it: figures as CBS counts, and offers.

Figures stand in the form in which a region loads published ones: rounded to five, as CBS does,
and without municipalities where fewer than ten youths had care.
A youth has care in a period when it runs on a day of it; youths with several forms count once in
what those forms share. Beginning and ending are counted by visit.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vliegwiel.reference import category_forms
from vliegwiel.science.yardstick import LEAST_SHOWN

from .box import Box
from .catalogue import REFERRERS
from .courses import NEVER
from .truth import true_waits

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

#: Category (JZ020) -> form of CBS; crisis is a mark there and no form.
_FORMS: Mapping[str, str] = {
    "31": "neighbourhood_team", "34": "own_network", "35": "foster_care", "36": "family_type",
    "37": "secure", "38": "other_residence", "41": "day_help", "43": "other_residence",
    "45": "outpatient", "47": "probation", "48": "protection", "49": "protection",
    "50": "outpatient", "54": "outpatient",
}  # fmt: skip
_WITH_RESIDENCE = frozenset({"foster_care", "family_type", "secure", "other_residence"})
_NO_HELP = frozenset({"probation", "protection"})
#: Type of referrer in a request -> referrer as CBS has it.
_REFERRERS: Mapping[str, str] = {
    "02": "general_practitioner", "03": "youth_doctor", "04": "certified_institution",
    "05": "medical_specialist", "06": "none", "08": "judge_or_prosecutor",
}  # fmt: skip
_COLUMNS = (
    "measure", "region", "period", "sex", "age_band", "care_form", "referrer", "value", "unit",
    "status", "label", "source", "place", "note_nl", "note_en",
)  # fmt: skip
_OFFERS = (
    "provider_code", "provider", "offer_code", "offer", "care_form", "target_group", "age_from",
    "age_to", "municipalities", "free", "places", "wait_days", "wait_until", "wait_on",
    "wait_source", "wait_place", "mark",
)  # fmt: skip
#: Forms for which a judge or a permit is needed: not freely usable.
_NOT_FREE = frozenset({"secure", "protection", "probation", "preventive_judicial"})
#: First and last year of age, where a form is not for every youth.
_AGES: Mapping[str, tuple[int, int]] = {"secure": (12, 17), "probation": (12, 22)}
_ALL_AGES = (0, 22)
SOURCE = "generated-region"
#: The source of what stands beside made-up messages alone, as `apps.figures` knows it.
BESIDE_MESSAGES = "generated-messages"
_NOTE = (
    "Verzonnen: geteld in een gegenereerde regio en afgerond op vijf.",
    "Made up: counted in a generated region and rounded to five.",
)
_DAYS_PER_YEAR = 365.25
_ROUNDED_TO = 5
#: Days of which the starts tell the present wait of an offer.
_RECENT = 365


def figures_csv(box: Box) -> str:
    """Figures of each whole year and half-year, in the form that a region loads."""
    rows = [row for period in _periods(box) for row in _figures(box, period)]
    return _csv(_COLUMNS, [*rows, *_municipal_figures(box)])


def municipal_figures_csv(box: Box) -> str:
    """The figures of municipalities alone: beside what is published about the region itself."""
    return _csv(_COLUMNS, _municipal_figures(box))


def counts_of_cbs_csv(box: Box) -> str:
    """What CBS would count of the region in kind, to stand beside its messages and nowhere else.

    Youths and trajectories by the forms that messages tell apart; small counts are left out.
    """
    return _csv(_COLUMNS, [row for period in _periods(box) for row in _in_kind(box, period)])


def offers_csv(box: Box) -> str:
    """What each provider offers, in the form that a region loads: a line for each care type.

    It is offered where a youth had it in the last year, with as many places as are taken on the
    last day, and with the median of the true waits (W1) that ended in that year.
    """
    return _csv(_OFFERS, _offers(box))


@dataclass(frozen=True, slots=True)
class _Period:
    """A year or half of one: first and last day, from the start of the region."""

    name: str
    first: int
    last: int


def _periods(box: Box) -> Iterator[_Period]:
    options, end = box.options, box.options.day(box.courses.last)
    for year in range(options.start.year, end.year + 1):
        for name, begin, until in (
            (f"{year}", date(year, 1, 1), date(year, 12, 31)),
            (f"{year}H1", date(year, 1, 1), date(year, 6, 30)),
            (f"{year}H2", date(year, 7, 1), date(year, 12, 31)),
        ):
            if options.start <= begin and until <= end:
                yield _Period(name, (begin - options.start).days, (until - options.start).days)


def _figures(box: Box, period: _Period) -> Iterator[dict[str, object]]:
    courses, form_of = box.courses, _form_of(box)
    begun = (courses.start >= period.first) & (courses.start <= period.last)
    helped = (courses.start <= period.last) & (courses.over >= period.first)
    girl = box.persons.girl[courses.youth]
    years = (period.last - box.persons.born[courses.youth]) / _DAYS_PER_YEAR
    for form, mine in _with_forms(form_of):
        there = helped & mine
        yield _figure(box, period, "youths_with_care", _distinct(courses.youth, there), form=form)
        yield _figure(
            box, period, "trajectories_begun", int((begun & mine).sum()), form=form,
            unit="trajectories",
        )  # fmt: skip
        if form != "all_youth_care":
            continue
        for sex, of_sex in (("male", ~girl), ("female", girl)):
            number = _distinct(courses.youth, there & of_sex)
            yield _figure(box, period, "youths_with_care", number, form=form, sex=sex)
        for band, of_age in (("0-11", years < 12), ("12-17", (years >= 12) & (years < 18)),
                             ("18-22", years >= 18)):  # fmt: skip
            number = _distinct(courses.youth, there & of_age)
            yield _figure(box, period, "youths_with_care", number, form=form, age=band)
    for referrer, mine in _by_referrer(box):
        yield _figure(
            box, period, "trajectories_begun", int((begun & mine).sum()), form="all_youth_care",
            referrer=referrer, unit="trajectories",
        )  # fmt: skip


def _in_kind(box: Box, period: _Period) -> Iterator[dict[str, object]]:
    courses, form_of = box.courses, _form_of(box)
    helped = (courses.start <= period.last) & (courses.over >= period.first)
    for form, mine in _as_messages_tell(form_of):
        there = helped & mine
        youths = _distinct(courses.youth, there)
        if youths < LEAST_SHOWN:
            continue
        for measure, value, unit in (
            ("youths_with_care", youths, "persons"),
            ("trajectories", int(there.sum()), "trajectories"),
        ):
            yield _figure(box, period, measure, value, form=form, unit=unit, source=BESIDE_MESSAGES)


def _municipal_figures(box: Box) -> Iterator[dict[str, object]]:
    """Youths with care by form and the municipality where they lived when it was asked for."""
    courses, form_of = box.courses, _form_of(box)
    for period in _periods(box):
        helped = (courses.start <= period.last) & (courses.over >= period.first)
        for form, mine in _with_forms(form_of):
            for at, code in enumerate(box.histories.municipalities):
                here = helped & mine & (box.histories.municipality == at)
                number = _distinct(courses.youth, here)
                if number >= LEAST_SHOWN:
                    yield _figure(box, period, "youths_with_care", number, form=form, area=code)


def _form_of(box: Box) -> NDArray[np.str_]:
    """The form of each visit, as CBS has it; empty where it has none."""
    forms = np.array([_FORMS.get(product.category, "") for product in box.catalogue.products])
    return forms[box.courses.care_type]


def _with_forms(form_of: NDArray[np.str_]) -> Iterator[tuple[str, Bools]]:
    """Every form with who has it, and the forms that hold others."""
    residing = np.isin(form_of, sorted(_WITH_RESIDENCE))
    helped = ~np.isin(form_of, sorted(_NO_HELP))
    yield "all_youth_care", np.ones(len(form_of), dtype=np.bool_)
    yield "youth_help", helped
    yield "with_residence", residing
    yield "without_residence", helped & ~residing & (form_of != "")
    for form in sorted({*form_of.tolist()} - {""}):
        yield form, form_of == form


def _as_messages_tell(form_of: NDArray[np.str_]) -> Iterator[tuple[str, Bools]]:
    """The forms that stand beside messages; CBS knows them of help whose messages do not."""
    residing = np.isin(form_of, sorted(_WITH_RESIDENCE))
    team = form_of == "neighbourhood_team"
    helped = ~np.isin(form_of, sorted(_NO_HELP)) & (form_of != "")
    yield "all_in_kind", np.ones(len(form_of), dtype=np.bool_)
    yield "neighbourhood_team", team
    yield "without_residence_not_neighbourhood_team", helped & ~residing & ~team
    yield "with_residence", residing
    for form in sorted(_NO_HELP):
        yield form, form_of == form


def _by_referrer(box: Box) -> Iterator[tuple[str, Bools]]:
    """Who referred, whether or not a request says so; others came by the municipality."""
    names = [_REFERRERS.get(REFERRERS.get(name, ""), "") for name in box.histories.referrers]
    entry = np.append(True, np.diff(box.courses.youth) != 0)
    referrers = np.array([*names, ""])[box.histories.referrer]
    referrers[~entry | (referrers == "")] = "municipality"
    for referrer in sorted({*referrers.tolist()}):
        yield referrer, referrers == referrer


def _figure(
    box: Box,
    period: _Period,
    measure: str,
    value: int,
    *,
    form: str,
    sex: str = "all",
    age: str = "0-22",
    referrer: str = "all",
    unit: str = "persons",
    area: str = "",
    source: str = SOURCE,
) -> dict[str, object]:
    return {
        "measure": measure, "region": area or box.system.region, "period": period.name, "sex": sex,
        "age_band": age, "care_form": form, "referrer": referrer,
        "value": _ROUNDED_TO * round(value / _ROUNDED_TO), "unit": unit, "status": "calculated",
        "label": "printed", "source": source, "place": "figures.csv", "note_nl": _NOTE[0],
        "note_en": _NOTE[1],
    }  # fmt: skip


def _distinct(youth: Ints, there: Bools) -> int:
    return len(np.unique(youth[there]))


def _offers(box: Box) -> Iterator[dict[str, object]]:
    courses, catalogue, last = box.courses, box.catalogue, box.courses.last
    waits = true_waits(box, last)
    waited = np.full(len(courses.youth), -1)
    recent = waits.started & (waits.start > last - _RECENT)
    waited[waits.visit[recent]] = (waits.start - waits.origin)[recent]
    there = courses.over > last - _RECENT
    pairs = np.unique(np.stack([courses.provider, courses.care_type], axis=1), axis=0)
    for provider, care_type in pairs.tolist():
        mine = (courses.provider == provider) & (courses.care_type == care_type) & there
        if not mine.any():
            continue
        days = waited[mine & (waited >= 0)]
        product = catalogue.products[care_type]
        form = category_forms()[product.category].form
        ages = _AGES.get(form, _ALL_AGES)
        places = np.unique(box.histories.municipality[mine])
        yield {
            "provider_code": catalogue.agb[provider],
            "provider": f"Verzonnen aanbieder {catalogue.names[provider]}",
            "offer_code": product.code(0)[:2] + product.code(0)[3:],
            "offer": f"{box.system.care_types[care_type].label.nl} (verzonnen)",
            "care_form": form,
            "target_group": "",
            "age_from": ages[0],
            "age_to": ages[1],
            "municipalities": "|".join(box.histories.municipalities[place] for place in places),
            "free": "no" if form in _NOT_FREE else "yes",
            "places": int((mine & (courses.start <= last) & (courses.over == NEVER)).sum()),
            "mark": "generated",
            **_wait(days, box.options.day(last)),
        }


def _wait(days: Ints, on: date) -> dict[str, object]:
    """The median of the waits that ended in the last year; empty cells where none did."""
    if not len(days):
        return dict.fromkeys(
            ("wait_days", "wait_until", "wait_on", "wait_source", "wait_place"), ""
        )
    return {
        "wait_days": round(float(np.median(days))),
        "wait_until": "start",
        "wait_on": on.isoformat(),
        "wait_source": "stated",
        "wait_place": "",
    }


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
