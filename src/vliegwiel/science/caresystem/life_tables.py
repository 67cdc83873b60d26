"""Ages, success, ways of leaving the queue and observed stays, as the kernel wants them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .choices import Choice
from .features import Ages, Moving, Observed, Outcomes, observed
from .flow_tables import Flows, choices, give
from .model import BASE, DAYS_PER_YEAR, OUT, AgeBand, CareType
from .parameters import Floats, Parameters, target_of

#: Years of life that are told apart; nobody is older in a document.
_YEARS = 30


def _years(parameters: Parameters, address: str, bands: Sequence[AgeBand]) -> Floats:
    """Cumulative share of each year of life; a band evenly over its years.

    Shape (B, 1, years), or (B, R, years) when a scenario changes the share of a band: the other
    bands give way in proportion.
    """
    known = [f"{address}.{band.name}" for band in bands]
    shares = np.stack([parameters.values[name] for name in known], axis=-1)[:, None]
    for k, intervention in enumerate(parameters.interventions):
        if intervention.target not in known:
            continue
        j, exposure = known.index(intervention.target), parameters.frame.row_exposure[:, k]
        shares = shares / shares.sum(axis=-1, keepdims=True)
        shares = np.repeat(shares, parameters.rows // shares.shape[1], axis=1)
        old = shares[..., j]
        new = old + exposure * (target_of(intervention, old, parameters.size(k)[:, None]) - old)
        # A band with everybody has no other to give way to.
        give(shares, j, np.where(old < 1.0, new, old), leaving_gives_way=False)
    share = np.zeros((*shares.shape[:-1], _YEARS))
    for j, band in enumerate(bands):
        part = shares[..., j] / (band.to - band.from_)
        share[..., band.from_ : band.to] += part[..., None]
    cumulative: Floats = np.cumsum(share, axis=-1) / share.sum(axis=-1, keepdims=True)
    cumulative[cumulative >= cumulative[..., -1:]] = 1.0
    return cumulative


def ages(parameters: Parameters) -> Ages | None:
    """How old youths are, and until when they can be in each care type."""
    system = parameters.system
    if system.ages is None:
        return None
    at_entry = _years(parameters, "ages.at_entry", system.ages.at_entry)
    entering = [
        _years(parameters, f"referrers.{r.id}.ages", r.ages) if r.ages else at_entry
        for r in system.referrers
    ]
    present = _years(parameters, "ages.at_start", system.ages.at_start)
    there = [
        _years(parameters, f"care_types.{care.id}.ages_at_start", care.ages_at_start)
        if care.ages_at_start
        else present
        for care in system.care_types
    ]
    leave_at = parameters.parameter("ages.leave_at")
    until = [
        parameters.parameter(f"care_types.{care.id}.until_age") if care.until_age else leave_at
        for care in system.care_types
    ]
    spans = np.full((max(1, len(system.priorities)), 2), (math.inf, -math.inf))
    for k, priority in enumerate(system.priorities):
        if priority.ages is not None:
            spans[k] = priority.ages.from_ * DAYS_PER_YEAR, priority.ages.to * DAYS_PER_YEAR
    return Ages(
        share=np.stack(np.broadcast_arrays(*entering, *there, present), axis=2),
        until_days=np.stack(until, axis=-1) * DAYS_PER_YEAR,
        class_from=spans[:, 0],
        class_to=spans[:, 1],
    )


def success_tables(parameters: Parameters, plain: Flows, flows: Flows) -> Outcomes | None:
    """Success, what follows it and what follows without it."""
    care_types = parameters.system.care_types
    if all(care.success is None for care in care_types):
        return None
    addresses = [f"care_types.{care.id}.next" for care in care_types]
    addresses += [f"care_types.{care.id}.next_without_success" for care in care_types]
    returns = parameters.optional("reentry.probability", 0.0)
    if "reentry.probability_without_success" in parameters.values:
        returns = parameters.parameter("reentry.probability_without_success")
    return Outcomes(
        success=parameters.per_type("success", 2.0),
        following=choices(plain, flows, addresses, (*parameters.ids, BASE, OUT)),
        return_without_success=returns,
    )


def leaving(parameters: Parameters, plain: Flows, flows: Flows) -> Choice | None:
    """Where those go who stop waiting, where that is more than one place."""
    care_types = parameters.system.care_types
    if not any(map(leaves_by_choice, care_types)):
        return None
    addresses = [f"care_types.{care.id}.leave_to" for care in care_types]
    return choices(plain, flows, addresses, (*parameters.ids, BASE, OUT))


def moving(parameters: Parameters) -> Moving | None:
    """How often youths move, and to which group: by the shares of the other municipalities.

    Every municipality has the same parts (see :func:`.frames.frame`), and who moves stays in the
    same part: what reaches a share of the youths goes on to reach the same youths.
    """
    share = parameters.municipal_shares("municipalities")
    towns = share.shape[1]
    if parameters.system.moving is None or towns == 1:
        return None
    others = np.where(np.eye(towns, dtype=np.bool_), 0.0, share[:, None, :])
    total = others.sum(axis=2, keepdims=True)
    # From a municipality with all youths there is nowhere to go: who moves stays.
    nowhere = np.broadcast_to(np.eye(towns), others.shape)
    chances = np.where(total > 0, others / np.where(total > 0, total, 1.0), nowhere)
    same_part = np.eye(parameters.frame.parts.shape[1] // towns)[None]
    to = np.cumsum(np.kron(chances, same_part), axis=2)
    to[to >= to[..., -1:]] = 1.0
    return Moving(parameters.values["moving.rate"][:, None] / DAYS_PER_YEAR, to)


def leaves_by_choice(care: CareType) -> bool:
    """Whether those who stop waiting go to more than one place."""
    return care.patience is not None and bool(care.patience.destinations)


def observed_stays(parameters: Parameters) -> Observed | None:
    """The points of the stays that were observed."""
    found = [care.stay.observed for care in parameters.system.care_types]
    if not any(found):
        return None
    points = [() if one is None else one.points for one in found]
    return observed(
        [[point.share for point in line] for line in points],
        [[point.days for point in line] for line in points],
    )
