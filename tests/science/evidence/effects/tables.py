"""Small tables of made-up measurements, one for each design."""

from __future__ import annotations

from typing import Any

import numpy as np

from vliegwiel.science.evidence.effects import (
    Better,
    Effect,
    EffectTable,
    Lot,
    Measure,
    Question,
    Role,
    effect_of,
    table_of,
)

MEASURE = Measure(outcome="days waited", unit="days", better=Better.LOWER)


def question(design: str = "auto", **options: Any) -> Question:
    return Question(measure=options.pop("measure", MEASURE), design=design, **options)


def answered(table: EffectTable, design: str = "auto", **options: Any) -> Effect:
    return effect_of(table, question(design, **options))


def panel(
    units: int = 20,
    periods: int = 12,
    treated: int = 10,
    *,
    start: int = 6,
    step: int = 0,
    effect: float = -3.0,
    noise: float = 1.0,
) -> dict[Role, Any]:
    """Units over periods; the first ``treated`` start at ``start``, each ``step`` later."""
    random = np.random.default_rng(units * periods)
    unit, period = np.divmod(np.arange(units * periods), periods)
    begin = np.where(np.arange(units) < treated, start + step * np.arange(units), 0)
    on = (begin[unit] > 0) & (period >= begin[unit])
    level = random.normal(50, 5, units)[unit] + random.normal(0, 2, periods)[period]
    y = level + effect * on + noise * random.normal(size=len(unit))
    return {Role.UNIT: unit, Role.PERIOD: period, Role.START: begin[unit], Role.OUTCOME: y}


def trial(persons: int = 60, effect: float = -4.0) -> dict[Role, Any]:
    random = np.random.default_rng(persons)
    treated = np.arange(persons) % 2
    before = random.normal(50, 6, persons)
    y = before + effect * treated + random.normal(0, 3, persons)
    return {
        Role.UNIT: np.arange(persons), Role.TREATED: treated, Role.BASELINE: before,
        Role.OUTCOME: y,
    }  # fmt: skip


def clusters(count: int = 20, persons: int = 15, effect: float = -4.0) -> dict[Role, Any]:
    random = np.random.default_rng(count)
    cluster = np.repeat(np.arange(count), persons)
    treated = (cluster % 2).astype(int)
    y = 50 + random.normal(0, 2, count)[cluster] + effect * treated
    y = y + random.normal(0, 4, len(cluster))
    return {Role.CLUSTER: cluster, Role.TREATED: treated, Role.OUTCOME: y}


def series(months: int = 48, start: int = 24, *, counts: bool = False) -> dict[Role, Any]:
    random = np.random.default_rng(months)
    month = np.arange(months)
    text = np.array([f"{2022 + k // 12}-{k % 12 + 1:02d}" for k in month])
    level = 40 + 0.1 * month + 4 * np.sin(2 * np.pi * month / 12) - 8 * (month >= start)
    y = random.poisson(level) if counts else level + random.normal(0, 1.5, months)
    return {Role.PERIOD: text, Role.OUTCOME: y, Role.TREATED: (month >= start).astype(int)}


def waits(persons: int = 200, ratio: float = 2.0) -> dict[Role, Any]:
    random = np.random.default_rng(persons)
    treated = np.arange(persons) % 2
    wait = random.exponential(np.where(treated, 20 / ratio, 20)).round() + 1
    seen = random.uniform(5, 60, persons).round()
    return {
        Role.TIME: np.minimum(wait, seen), Role.EVENT: (wait <= seen).astype(int),
        Role.TREATED: treated,
    }  # fmt: skip


#: Design -> a table for it, and what was drawn by lot.
TABLES: dict[str, tuple[dict[Role, Any], Lot]] = {
    "survival": (waits(), Lot.NOTHING),
    "clusters": (clusters(), Lot.CLUSTERS),
    "randomised": (trial(), Lot.PERSONS),
    "stepped": (panel(8, 12, 8, start=2, step=1), Lot.ORDER),
    "differences": (panel(), Lot.NOTHING),
    "staggered": (panel(20, 12, 10, start=2, step=1), Lot.NOTHING),
    "synthetic": (panel(24, 20, 1, start=12), Lot.NOTHING),
    "interrupted": (series(), Lot.NOTHING),
    "before_after": (
        {role: column for role, column in trial().items() if role is not Role.TREATED},
        Lot.NOTHING,
    ),
}


def effect_by(design: str) -> Effect:
    columns, lot = TABLES[design]
    return answered(table_of(columns), design, lot=lot)
