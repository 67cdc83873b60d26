"""A fit on a terminal and as JSON: what was found, how it was tested, and where not to trust it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from vliegwiel.apps.explorer.fitting import Fitted
from vliegwiel.science.caresystem import write_document
from vliegwiel.science.fit import MODEL, BackTest, CareFit, LengthFit, PlacesFit, told_count
from vliegwiel.science.kernel import Check, Outcome
from vliegwiel.science.yardstick import LEAST_SHOWN

_MARKS = {
    Outcome.PASSED: "✓",
    Outcome.WARNING: "!",
    Outcome.FAILED: "✗",
    Outcome.INFORMATIVE: "·",
}
_NOTHING = "–"


def show(done: Fitted) -> None:
    """Prints the outcome on stdout."""
    console = Console(highlight=False)
    words = {
        "region": done.region.name,
        "visits": _number(done.visits),
        "begin": date_format(done.begin, "j F Y"),
        "until": date_format(done.until, "j F Y"),
    }
    heading = _("%(region)s: %(visits)s times that a youth came to care, %(begin)s to %(until)s")
    console.print(f"[bold]{heading % words}[/bold]\n")
    console.print(_sources(done))
    console.print(_care_types(done))
    if done.tested is not None:
        console.print(_tested(done.tested, labels(done)))
    for line in told(done):
        console.print(line, soft_wrap=True, markup=False)


def told(done: Fitted) -> Iterator[str]:
    """What was checked, in the language of the reader; the test first, then what weighs most."""
    tests = done.tested.checks if done.tested is not None else ()
    worst_first = sorted(done.fitted.checks, key=lambda check: check.outcome != Outcome.FAILED)
    named = labels(done)
    for check in (*tests, *worst_first):
        yield f"{_MARKS[check.outcome]} {sentence(check, named)}"


def sentence(check: Check, named: Mapping[str, str]) -> str:
    """A check in words, with the labels of what it is about."""
    shown = {
        name: named.get(str(value), str(value)) if isinstance(value, str) else _number(value)
        for name, value in check.params.items()
    }
    return _(check.template) % shown


def labels(done: Fitted) -> dict[str, str]:
    """Ids of referrers and care types -> their names in the language of the reader."""
    language = "nl" if (get_language() or "nl").startswith("nl") else "en"
    system = done.fitted.system
    texts = {referrer.id: referrer.label for referrer in system.referrers}
    texts |= {care.id: care.label for care in system.care_types}
    return {name: getattr(label, language) for name, label in texts.items()}


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 10 or value == round(value) else 1
    text: str = number_format(round(value, digits), digits, force_grouping=True)
    return text


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _between(value: float, error: float) -> str:
    low, high = value - 1.96 * error, value + 1.96 * error
    words = {"mid": _number(value), "low": _number(max(low, 0.0)), "high": _number(high)}
    return _("%(mid)s (%(low)s to %(high)s)") % words


def _sources(done: Fitted) -> Table:
    table = _table(
        _("Who refers"), "", _("Youths a month at the end"), _("Growth a year"), _("Youths")
    )
    parts = {part.address: part for part in done.fitted.parts}
    named = labels(done)
    for name, source in done.fitted.estimates.sources.items():
        rate, growth = parts[f"referrers.{name}.rate"], source.rate.growth
        grown = _NOTHING if growth is None else f"{_number(100 * growth)}%"
        month = _between(rate.value, rate.error)
        table.add_row(named[name], month, grown, _persons(source.rate.youths))
    return table


def _care_types(done: Fitted) -> Table:
    table = _table(
        _("Forms of care. In brackets: in 95 of 100 cases the true number lies between them"),
        "",
        _("Mean length in days"),
        _("Ended"),
        _("Places"),
        _("Patience in days"),
        _("In care"),
        _("Waiting"),
    )
    named = labels(done)
    for name, care in done.fitted.estimates.care_types.items():
        table.add_row(named[name], *_care_type(care))
    return table


def _care_type(care: CareFit) -> tuple[str, ...]:
    stay, patience, places = care.stay, care.patience, care.places
    patient = patience is not None and places.limited
    return (
        _NOTHING if stay is None else _between(stay.mean, stay.mean_error),
        _NOTHING if stay is None else _persons(stay.ends),
        _places(places),
        _between(patience.mean, patience.mean * patience.log_error)
        if patience is not None and patient
        else _NOTHING,
        _persons(care.in_care),
        _persons(care.waiting),
    )


def _persons(count: int) -> str:
    return _number(count) if count >= LEAST_SHOWN else f"<{LEAST_SHOWN}"


def _places(found: PlacesFit) -> str:
    if not found.limited:
        return _("no limit")
    few = found.places < LEAST_SHOWN
    return f"<{LEAST_SHOWN}" if few else _between(found.places, found.error)


def _tested(tested: BackTest, named: Mapping[str, str]) -> Table:
    words = {"months": len(tested.months), "from": date_format(tested.months[0], "F Y")}
    table = _table(
        _("%(months)s months from %(from)s that the model had not seen: mean error in youths")
        % words,
        "",
        _("Model"),
        _("Same as last month"),
        _("Same as a year ago"),
        _("Within the band (of 100)"),
    )
    measures = {
        "arrivals": _("%(care_type)s, who came"),
        "waiting": _("%(care_type)s, who waits"),
        "in_care": _("%(care_type)s, in care"),
    }
    for row in tested.rows:
        scores = row.scores
        errors = [
            _number(scores[name].error) if name in scores else _NOTHING
            for name in (MODEL, "last", "season")
        ]
        covered = scores[MODEL].covered
        shown = _NOTHING if covered is None else _number(round(100 * covered))
        label = measures[row.measure] % {"care_type": named[row.care_type]}
        table.add_row(label, *errors, shown)
    return table


def as_json(done: Fitted) -> str:
    """Everything as JSON: the document, every number with its interval, the checks, the test."""
    named = labels(done)
    found: dict[str, Any] = {
        "region": done.region.slug,
        "begin": done.begin,
        "until": done.until,
        "known": done.known,
        "visits": done.visits,
        "care_system": json.loads(write_document(done.fitted.system)),
        "parts": [asdict(part) for part in done.fitted.parts],
        "stays": {
            name: _stay(care.stay)
            for name, care in done.fitted.estimates.care_types.items()
            if care.stay is not None
        },
        "checks": [_check(check, named) for check in done.fitted.checks],
        "back_test": None,
    }
    if done.tested is not None:
        found["back_test"] = {
            "months": done.tested.months,
            "covered": done.tested.covered,
            "better": done.tested.better,
            "unseen": done.tested.unseen,
            "hidden": len(done.tested.hidden),
            "left_out": done.tested.left_out,
            "rows": [asdict(row) for row in done.tested.rows],
            "checks": [_check(check, named) for check in done.tested.checks],
        }
    return json.dumps(found, default=str, ensure_ascii=False, indent=2)


def _stay(stay: LengthFit) -> dict[str, Any]:
    counts = {"stays": told_count(stay.stays), "ends": told_count(stay.ends)}
    return {**asdict(stay), **counts}


def _check(check: Check, named: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": check.code,
        "outcome": str(check.outcome),
        "params": dict(check.params),
        "sentence": sentence(check, named),
    }
