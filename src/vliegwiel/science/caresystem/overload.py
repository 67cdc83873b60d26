"""Will every form of care keep up? Month by month, without and with a scenario, before it runs.

:mod:`.stability` looks at the written first values and refuses a care system that could never keep
up. Here the flows are brought in balance for each month of a forecast: with the steps and trends of
the document, and with the interventions as far as they have come. Season is left out: a busy winter
is no overload.

What is found is a warning and never a fault. A temporary overload is what a region may want to
simulate, and where it never ends the months until then are sound all the same; but a waiting list
that grows without end depends on how far ahead one looks, so it has to be told before and beside
the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .capacity_tables import ceilings, places
from .flow_tables import Flows
from .frames import Frame, frame
from .inflow import rates_of
from .model import BASE, OUT, CareSystem, CareType
from .parameters import Floats, Parameters
from .provenance import derivations
from .quantity import Text
from .scenario import Scenario, extended
from .stability import Balance, balance
from .stations import is_limited, served_a_day

#: Days of patience, on average, from which on nobody is taken to stop waiting: a hundred years.
ENDLESS_PATIENCE = 36_500.0


@dataclass(frozen=True, slots=True)
class Overload:
    """A form of care that gets more youths than it can help, while nobody stops waiting.

    Attributes:
        side: without the scenario or with it.
        care_type: its id, ``label`` its name.
        first: first day of the first month of it.
        until: first day of the month in which it can keep up again; None when it cannot before the
            end of the forecast.
        needed: the most in a month of it, in ``unit``; ``there`` is what there is in that month.
        unit: places, or euro in a year where only money is the limit.
    """

    side: Literal["baseline", "scenario"]
    care_type: str
    label: Text
    first: date
    until: date | None
    needed: float
    there: float
    unit: Literal["places", "euro"]


def overloads(
    system: CareSystem, scenario: Scenario | None = None, *, months: int = 60
) -> tuple[Overload, ...]:
    """Which forms of care cannot keep up in some months of a forecast, the first of them first.

    Every number has its likeliest value; youths of all municipalities are taken together, and so
    are the providers of a form of care. Empty where every limit has somebody who stops waiting.

    Args:
        months: from the start of the care system, as of the forecast.
    """
    # Season goes on and off within a year, and nothing is told of a warm-up.
    referrers = tuple(r.model_copy(update={"season": None}) for r in system.referrers)
    level = system.model_copy(update={"referrers": referrers, "warm_up_months": 0})
    whole = extended(level, scenario)
    if all(_empties_by_itself(care) for care in whole.care_types) and not (
        scenario is not None and any(".patience." in i.target for i in scenario.interventions)
    ):
        return ()
    found = frame(level, scenario, months)
    likeliest = derivations(system, scenario).values({})
    values = {name: np.array([value]) for name, value in likeliest.items()}
    made = list(_spells("baseline", whole, _Side(Parameters(whole, found, values, ())), found))
    if scenario is not None:
        changed = _Side(Parameters(whole, found, values, scenario.interventions))
        made += _spells("scenario", whole, changed, found)
    return tuple(sorted(made, key=lambda one: (one.first, one.side)))


def _empties_by_itself(care: CareType) -> bool:
    """Whether its waiting list, if any, stops growing because youths stop waiting."""
    patience = care.patience
    return not is_limited(care) or (patience is not None and patience.mean.value < ENDLESS_PATIENCE)


class _Side:
    """The flows in balance of one side in each month, at one set of values."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters, self.form_of = parameters, parameters.form_of
        row, share = parameters.frame.row, parameters.group_share[0]
        # The part of the youths whose parameters stand in each row, shape (M, R).
        self._weights = np.zeros((len(row), parameters.rows))
        for g, part in enumerate(share):
            self._weights[np.arange(len(row)), row[:, g]] += part
        types = parameters.per_type
        extra = types("extension.probability", 0.0) * types("extension.length", 1.0)
        self.care_days = self._by_month((types("stay.mean", 1.0) + extra)[0])
        stops = types("patience.mean", np.inf)[0] < ENDLESS_PATIENCE
        #: Whether somebody stops waiting, shape (M, n).
        self.stops: NDArray[np.bool_] = self._by_month(stops.astype(np.float64)) > 0
        self.price = self._price()
        self.places, self.ceilings = places(parameters)[0], ceilings(parameters)[0]

    def _by_month(self, by_row: Floats) -> Floats:
        """Means over the youths of each month of what stands by row, shape (M, ...)."""
        mean: Floats = np.tensordot(self._weights, by_row, axes=1)
        return mean

    def _price(self) -> Floats:
        share = self._parameters.group_share[0]
        day, start = (self._parameters.prices(f"cost_per_{per}")[0] for per in ("day", "start"))
        price: Floats = np.tensordot(share, start, axes=(0, 1))
        return price + np.tensordot(share, day, axes=(0, 1)) * self.care_days

    def balances(self) -> Iterator[Balance]:
        """Of each month; months that are alike are worked out once."""
        inflow, routing, returning, leaving, back = self._flows()
        through, known = self._through(), dict[bytes, Balance]()
        patient = ~np.isfinite(through) | ~self.stops
        for m in range(len(inflow)):
            parts = (inflow[m], routing[m], returning[m], leaving[m], back[m], through[m])
            key = b"".join(part.tobytes() for part in (*parts, self.care_days[m], patient[m]))
            if key not in known:
                known[key] = balance(
                    inflow=inflow[m],
                    routing=routing[m],
                    returning=returning[m],
                    care_days=self.care_days[m],
                    places=through[m] * self.care_days[m],
                    patient=patient[m],
                    leaving=leaving[m],
                    back=back[m],
                )
            yield known[key]

    def overloaded(self, month: Balance, m: int) -> NDArray[np.bool_]:
        """Which care types have nobody who stops waiting and more to do than they can."""
        needed = month.arrivals * month.care_days
        found: NDArray[np.bool_] = ~self.stops[m] & (needed >= month.places) & (needed > 0)
        return found

    def _through(self) -> Floats:
        """Youths a day whom all stations of a care type can serve, shape (M, n)."""
        form_of = self.form_of
        served = served_a_day(
            self.places, self.ceilings, self.price[:, form_of], self.care_days[:, form_of]
        )
        through = np.zeros_like(self.care_days)
        for s, form in enumerate(form_of):
            through[:, form] += served[:, s]
        return through

    def _flows(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Youths a day who come, and the probabilities of what follows, by month and care type."""
        found, flows = self._parameters, Flows(self._parameters)
        ids, n, row = found.ids, len(found.ids), found.frame.row
        rates, inflow = rates_of(found)[0], np.zeros((len(row), len(found.ids)))
        for s, referrer in enumerate(found.system.referrers):
            shares = flows.of(f"referrers.{referrer.id}.destinations", (*ids, BASE))[0]
            inflow += (rates[s][..., None] * shares[row][..., :n]).sum(axis=1)
        rows = found.rows
        routing, returning = np.zeros((rows, n, n)), np.zeros((rows, n))
        leaving, outcomes = np.zeros((rows, n, n)), (*ids, BASE, OUT)
        chance = found.optional("reentry.probability", 0.0)[0]
        without = (
            found.optional("reentry.probability_without_success", 0.0)[0]
            if "reentry.probability_without_success" in found.frame.limits
            else chance
        )
        for i, care in enumerate(found.system.care_types):
            success = found.optional(f"care_types.{care.id}.success", 1.0)[0]
            for part, name, comes_back in (
                (success, "next", chance),
                (1.0 - success, "next_without_success", without),
            ):
                onward = flows.of(f"care_types.{care.id}.{name}", outcomes)[0, :, :n]
                routing[:, i] += part[:, None] * onward
                returning[:, i] += part * np.maximum(0.0, 1.0 - onward.sum(axis=1)) * comes_back
            if care.patience is not None and care.patience.destinations:
                leaving[:, i] = flows.of(f"care_types.{care.id}.leave_to", outcomes)[0, :, :n]
            elif care.patience is not None and care.patience.leave_to in ids:
                leaving[:, i, ids.index(str(care.patience.leave_to))] = 1.0
        back = np.zeros((rows, n))
        if found.system.reentry is not None:
            back = flows.of("reentry.destinations", (*ids, BASE))[0, :, :n]
        by_month = (self._by_month(part) for part in (routing, returning, leaving, back))
        return (inflow, *by_month)  # type: ignore[return-value]


def _spells(
    name: Literal["baseline", "scenario"], system: CareSystem, side: _Side, found: Frame
) -> Iterator[Overload]:
    """The spans of months in which a care type cannot keep up."""
    balances = list(side.balances())
    needed = np.array([month.arrivals * month.care_days for month in balances])
    there = np.array([month.places for month in balances])
    late = np.array([side.overloaded(month, m) for m, month in enumerate(balances)])
    days = [month.first_day for month in found.months]
    for i, care in enumerate(system.care_types):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], late[:, i], [False])).astype(int)))
        for first, end in edges.reshape(-1, 2):
            worst = first + int(np.argmax(needed[first:end, i] - there[first:end, i]))
            factor, unit = _in_unit(side, i, worst, there[worst, i])
            yield Overload(
                side=name,
                care_type=care.id,
                label=care.label,
                first=days[first],
                until=days[end] if end < len(days) else None,
                needed=float(needed[worst, i]) * factor,
                there=float(there[worst, i]) * factor,
                unit=unit,
            )


def _in_unit(side: _Side, i: int, m: int, there: float) -> tuple[float, Literal["places", "euro"]]:
    """What one place is in the unit of the limit: a place, or euro a year where money is it."""
    mine = side.form_of == i
    if np.isfinite(side.places[m, mine]).any() or there == 0:
        return 1.0, "places"
    return float(side.ceilings[m, mine].sum()) / there, "euro"
