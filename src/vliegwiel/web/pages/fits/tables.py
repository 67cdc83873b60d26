"""The numbers of a fit as tables: who refers, forms of care, and how far forecasts were off."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.fit_outcomes import CareOutcome, Estimate, FitOutcome, HeldBack
from vliegwiel.science.fit import MODEL
from vliegwiel.science.yardstick import LEAST_SHOWN
from vliegwiel.web import notation
from vliegwiel.web.components import Column, Table
from vliegwiel.web.components.table import Value

Names = Mapping[str, str]


def measures() -> Names:
    """What is compared, in words."""
    return {
        "arrivals": _("%(care_type)s, who came"),
        "waiting": _("%(care_type)s, who waits"),
        "in_care": _("%(care_type)s, in care"),
    }


def source_table(outcome: FitOutcome, names: Names) -> Table:
    """Who refers, how often, and whether that grows."""
    columns = [
        Column(_("Who refers")),
        Column(_("Youths a month at the end")),
        Column(_("Growth a year"), "percent", 1),
        Column(_("Youths"), "number"),
    ]
    rows = [
        [
            names.get(source.id, source.id),
            between(source.a_month),
            None if source.growth is None else 100.0 * source.growth,
            notation.persons(source.youths),
        ]
        for source in outcome.sources
    ]
    return Table(_("Who refers, and how many youths"), columns, rows)


def care_table(outcome: FitOutcome, names: Names) -> Table:
    """Forms of care with what was found of them."""
    columns = [
        Column(_("Form of care")),
        Column(_("Mean length in days")),
        Column(_("Ended"), "number"),
        Column(_("Places")),
        Column(_("Patience in days")),
        Column(_("In care"), "number"),
        Column(_("Waiting"), "number"),
    ]
    rows = [_care(care, names) for care in outcome.care_types]
    caption = _("Forms of care. In brackets: in 95 of 100 cases the true number lies between them")
    return Table(caption, columns, rows)


def _care(care: CareOutcome, names: Names) -> list[Value]:
    return [
        names.get(care.id, care.id),
        between(care.stay),
        notation.persons(care.ends),
        _places(care.places),
        between(care.patience),
        notation.persons(care.in_care),
        notation.persons(care.waiting),
    ]


def _places(found: Estimate | None) -> str:
    if found is None:
        return _("no limit")
    return between(found) if found.value >= LEAST_SHOWN else notation.persons(found.value)


def errors_table(test: HeldBack, names: Names) -> Table:
    """How far the model and simple forecasts were off, in youths, on average."""
    columns = [
        Column(_("What was forecast")),
        Column(_("Model"), "number", 1),
        Column(_("Same as last month"), "number", 1),
        Column(_("Same as a year ago"), "number", 1),
        Column(_("Closest")),
        Column(_("Within the band (of 100)"), "number"),
    ]
    words = measures()
    rows: list[list[Value]] = []
    for row in test.rows:
        covered = row.scores[MODEL].covered
        rows.append(
            [
                words[row.measure] % {"care_type": names.get(row.care_type, row.care_type)},
                *(
                    row.scores[name].error if name in row.scores else None
                    for name in (MODEL, "last", "season")
                ),
                _("the model") if row.closer else _("a simple forecast"),
                None if covered is None else round(100 * covered),
            ]
        )
    return Table(_("Mean error in youths, of the months that were held back"), columns, rows)


def between(found: Estimate | None) -> str:
    """A number with its margin, as a reader writes it."""
    if found is None:
        return notation.MISSING
    numbers = {"mid": found.value, "low": found.low, "high": found.high}
    shown = {name: _plain(value) for name, value in numbers.items()}
    return _("%(mid)s (%(low)s to %(high)s)") % shown


def _plain(value: float) -> str:
    large = 10
    return notation.number(value, 0 if abs(value) >= large else 1)
