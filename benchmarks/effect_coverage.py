"""Print how often the interval of an effect holds the truth, and whether the product warns.

python -m benchmarks.effect_coverage [--tables 1000] [--only NAME]

Tables are made with an effect that is known, by the designs whose intervals rest on few sites or on
months that hang together. An interval for 95 per cent should hold the truth in 95 of 100 tables.
Where it does not, the effect must say so: the last columns tell how often a check warned or failed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vliegwiel.science.evidence.effects import (
    EffectTable,
    Lot,
    Measure,
    Question,
    Role,
    effect_of,
    table_of,
)
from vliegwiel.science.evidence.judging import Share, share
from vliegwiel.science.kernel import Outcome

TRUTH = 0.5
RATIO = 0.7
MONTHS = 24


@dataclass(frozen=True)
class Setting:
    """A design and a way to make tables for it."""

    name: str
    design: str
    draw: Callable[[np.random.Generator], EffectTable]
    lot: Lot = Lot.NOTHING
    start: str | None = None
    season: str = "none"
    truth: float = TRUTH


def drawn_sites(sites: int, persons: int) -> Callable[[np.random.Generator], EffectTable]:
    """Half of the sites by lot; persons of one site are alike (intraclass correlation 0.1)."""

    def draw(random: np.random.Generator) -> EffectTable:
        site = np.repeat(np.arange(sites), persons)
        treated = site < sites // 2
        values = random.normal(0, np.sqrt(0.1), sites)[site] + random.normal(
            0, np.sqrt(0.9), len(site)
        )
        return table_of(
            {
                Role.OUTCOME: values + TRUTH * treated,
                Role.CLUSTER: np.array([f"s{one:02d}" for one in site]),
                Role.TREATED: treated.astype(float),
            }
        )

    return draw


def compared_sites(sites: int) -> Callable[[np.random.Generator], EffectTable]:
    """Months before and after of sites, whose months hang together (0.5 from one to the next)."""

    def draw(random: np.random.Generator) -> EffectTable:
        noise = _hanging_together(random, (sites, MONTHS), 0.5)
        lasting, shared = random.normal(0, 1, (sites, 1)), random.normal(0, 0.5, MONTHS)
        month = np.arange(MONTHS)
        treated = np.arange(sites) < sites // 2
        values = noise + lasting + shared + TRUTH * np.outer(treated, month >= MONTHS // 2)
        begun = np.where(treated, MONTHS // 2, -1)
        site = np.repeat(np.arange(sites), MONTHS)
        return table_of(
            {
                Role.OUTCOME: values.ravel(),
                Role.UNIT: np.array([f"s{one:02d}" for one in site]),
                Role.PERIOD: np.tile(month, sites).astype(float),
                Role.START: np.array([str(begun[one]) if begun[one] >= 0 else "" for one in site]),
            }
        )

    return draw


def one_series(months: int, memory: float) -> Callable[[np.random.Generator], EffectTable]:
    """One series with a trend, and a jump half-way."""

    def draw(random: np.random.Generator) -> EffectTable:
        month = np.arange(months)
        values = _hanging_together(random, (1, months), memory)[0] + 0.02 * month
        values += TRUTH * (month >= months // 2)
        return table_of({Role.OUTCOME: values, Role.PERIOD: month.astype(float)})

    return draw


def counted_series(months: int, memory: float) -> Callable[[np.random.Generator], EffectTable]:
    """Some 40 events a month, whose rate hangs together, and a ratio since half-way."""

    def draw(random: np.random.Generator) -> EffectTable:
        month = np.arange(months)
        rate = 0.2 * _hanging_together(random, (1, months), memory)[0] + 0.005 * month
        rate += np.log(RATIO) * (month >= months // 2)
        counts = random.poisson(40 * np.exp(rate)).astype(float)
        return table_of({Role.OUTCOME: counts, Role.PERIOD: month.astype(float)})

    return draw


SETTINGS = (
    *(
        Setting(f"sites by lot, {sites} in all", "clusters", drawn_sites(sites, 30), Lot.CLUSTERS)
        for sites in (4, 8, 16)
    ),
    *(
        Setting(f"sites compared, {sites} in all", "differences", compared_sites(sites))
        for sites in (4, 8, 16)
    ),
    *(
        Setting(
            f"one series of {months} months, memory {memory:g}", "interrupted",
            one_series(months, memory), start=str(months // 2),
        )
        for months, memory in ((24, 0.0), (24, 0.4), (48, 0.0), (48, 0.4), (96, 0.4))
    ),
    *(
        Setting(
            f"counts of {months} months, memory {memory:g}", "interrupted",
            counted_series(months, memory), start=str(months // 2), truth=RATIO,
        )
        for months, memory in ((24, 0.0), (24, 0.4), (48, 0.0), (48, 0.4), (96, 0.4))
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """How often the truth was held, how often a check warned, failed, and no interval was given."""

    held: Share
    warned: float
    failed: float
    without: float
    width: float


def tested(setting: Setting, tables: int) -> Found:
    """Make tables and look at their intervals."""
    question = Question(
        measure=Measure(outcome="outcome"), design=setting.design, lot=setting.lot,
        start=setting.start, season=setting.season,
    )  # fmt: skip
    held = given = warned = failed = 0
    widths = []
    for number in range(tables):
        effect = effect_of(setting.draw(np.random.default_rng([7, number])), question)
        outcomes = {check.outcome for check in effect.checks}
        warned += Outcome.WARNING in outcomes
        failed += Outcome.FAILED in outcomes
        if effect.low is not None and effect.high is not None:
            given += 1
            held += effect.low <= setting.truth <= effect.high
            widths.append(effect.high - effect.low)
    width = float(np.median(widths)) if widths else float("nan")
    return Found(
        share(held, max(given, 1)), warned / tables, failed / tables, 1 - given / tables, width
    )


def _hanging_together(
    random: np.random.Generator, shape: tuple[int, int], memory: float
) -> np.ndarray:
    """Noise of variance 1 whose months hang together, shape (series, months)."""
    noise = random.normal(0, 1, shape)
    for month in range(1, shape[1]):
        fresh = np.sqrt(1 - memory**2) * noise[:, month]
        noise[:, month] = memory * noise[:, month - 1] + fresh
    return noise


def main() -> None:
    """Print one line for each setting."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--only", choices=[one.name for one in SETTINGS], action="append")
    asked = parser.parse_args()
    print(f"{asked.tables} tables each; the interval should hold the truth in 95 per cent")
    print("| table | holds the truth | width | a check warns | a check fails | no interval |")
    print("| --- " * 6 + "|")
    for setting in SETTINGS:
        if asked.only and setting.name not in asked.only:
            continue
        begun = time.perf_counter()
        found = tested(setting, asked.tables)
        held = tuple(100 * part for part in (found.held.value, found.held.low, found.held.high))
        others = (100 * found.warned, 100 * found.failed, 100 * found.without)
        print(
            f"| {setting.name} | {held[0]:.1f} ({held[1]:.1f}-{held[2]:.1f}) | {found.width:.2f} | "
            + " | ".join(f"{part:.0f}" for part in others)
            + f" | <!-- {time.perf_counter() - begun:.0f} s -->",
            flush=True,
        )


if __name__ == "__main__":
    main()
