"""How many youths each referrer sends from where: level, growth, season and municipalities.

As in :mod:`.parameters` the first axis of every table is the draw.
"""

from __future__ import annotations

import numpy as np

from vliegwiel.science.kernel import power

from .addresses import season_address
from .flow_tables import give
from .model import DAYS_PER_MONTH, Referrer
from .parameters import Floats, Parameters, target_of


def rates_of(parameters: Parameters) -> Floats:
    """Youths a day by source, month and group, shape (B, S, M, G)."""
    found = []
    for referrer in parameters.system.referrers:
        level = parameters.parameter(f"referrers.{referrer.id}.rate")[:, parameters.frame.row]
        by_month = _growth(parameters, referrer) * _season(parameters, referrer)
        daily = np.maximum(level / DAYS_PER_MONTH, 0.0)
        found.append(daily * by_month * _shares(parameters, referrer))
    return np.stack(found, axis=1)


def _is_target(parameters: Parameters, address: str) -> bool:
    return any(intervention.target == address for intervention in parameters.interventions)


def _growth(parameters: Parameters, referrer: Referrer) -> Floats:
    """Level in the middle of each month against that of the start, shape (B, M, 1 or G).

    A changed growth works from its month on: what had grown before stays, and grows on with it.
    """
    months = len(parameters.frame.months)
    if referrer.trend is None:
        return np.ones((parameters.draws, months, 1))
    address = f"referrers.{referrer.id}.trend"
    yearly = 1.0 + parameters.values[address]
    years = (np.arange(months) - parameters.frame.warm_up + 0.5) / 12.0  # since the start
    growth = power(yearly[:, None], years)[..., None]
    if not _is_target(parameters, address):
        return growth
    # Against the unchanged growth, so that a change of nothing leaves every digit as it was.
    changed = 1.0 + parameters.moved(address, parameters.frame.exposure[None])
    ratio = changed / yearly[:, None, None]
    half = power(ratio, 0.5 / 12.0)
    before = np.ones_like(half)
    before[:, 1:] = np.cumprod(half[:, :-1] * half[:, :-1], axis=1)
    grown: Floats = growth * (before * half)
    return grown


def _season(parameters: Parameters, referrer: Referrer) -> Floats:
    """Factor of each month, shape (1 or B, M, 1 or G)."""
    months = parameters.frame.months
    if referrer.season is None:
        return np.ones((1, len(months), 1))
    season = np.array([referrer.season.values[month.month - 1] for month in months])[None, :, None]
    for number in range(1, 13):
        address = season_address(referrer, number)
        if _is_target(parameters, address):
            exposure = parameters.frame.exposure[None]
            shape = (parameters.draws, *exposure.shape[2:])
            here = np.array([month.month == number for month in months])
            season = np.array(np.broadcast_to(season, shape))
            season[:, here] = parameters.moved(address, exposure[:, :, here])
    return season


def _shares(parameters: Parameters, referrer: Referrer) -> Floats:
    """Share of each group in a referrer's youths, shape (B, 1 or M, G).

    A changed share moves by the mean exposure of the region's youths, and the other municipalities
    give way in proportion: how many there are in all stays the same.
    """
    own = f"referrers.{referrer.id}.municipalities"
    address = own if referrer.municipalities else "municipalities"
    shares = parameters.municipal_shares(address)[:, None]
    known = [f"{address}.{municipality.code}" for municipality in parameters.system.municipalities]
    for k, intervention in enumerate(parameters.interventions):
        if intervention.target not in known:
            continue
        j, exposure = known.index(intervention.target), parameters.regional_exposure[:, k]
        shares = np.array(np.broadcast_to(shares, (*exposure.shape, len(known))))
        old = shares[..., j]
        new = old + exposure * (target_of(intervention, old, parameters.size(k)[:, None]) - old)
        # Who sends everybody has nobody to give way to.
        give(shares, j, np.where(old < 1.0, new, old), leaving_gives_way=False)
    return parameters.by_group(shares)
