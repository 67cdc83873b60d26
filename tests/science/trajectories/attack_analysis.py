"""What somebody knows of extensions and contract waves: which sums there are, and what bounds mean.

It adds to :mod:`.whole_attack`. He knows that providers without a row are among the others, and
that a wave of which few go on, or few do not, has fewer than twice as many as are small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from vliegwiel.science.trajectories import (
    OTHERS,
    TOTAL,
    ContractWave,
    ExtensionRow,
    Trajectories,
    contract_waves,
    extension_table,
    first_ends,
)

from .attack_beside import some
from .knowledge import Knowledge


def add_analysis(know: Knowledge, found: Trajectories, on: date) -> None:
    """Both tables of a day, with the truth behind them."""
    went_on = {there: item.extended for there, item in first_ends(found, on).items()}
    add_extensions(know, went_on, extension_table(found, on).rows)
    add_waves(know, found, contract_waves(found))


def add_extensions(
    know: Knowledge, went_on: Mapping[tuple[str, str], bool], rows: Sequence[ExtensionRow]
) -> None:
    """Youths by provider, and those of them whose help went on."""
    named = {row.provider for row in rows}
    for row in rows:
        mine = [
            there for there in went_on
            if row.provider in {TOTAL, there[1] if there[1] in named else OTHERS}
        ]  # fmt: skip
        whole = know.count(f"extensions|{row.provider}", mine, row.youths)
        extended = [there for there in mine if went_on[there]]
        part = know.count(f"extensions|{row.provider}|on", extended, row.extended)
        know.part(part, whole)
    for end in ("", "|on"):
        parts = [f"extensions|{name}{end}" for name in sorted(named - {TOTAL})]
        if parts:
            know.split(f"extensions|{TOTAL}{end}", parts)


def add_waves(know: Knowledge, found: Trajectories, waves: Sequence[ContractWave]) -> None:
    """Of each wave how many go on from another, between its bounds."""
    before = found.successions.before
    for wave in waves:
        name = f"wave {wave.day}"
        begun = [one for one in found.assignments.values() if one.first_begin == wave.day]
        know.count(name, ((one.youth, one.key) for one in begun), wave.assignments)
        know.count(
            f"{name}, on", ((one.youth, one.key) for one in begun if one.key in before), None
        )
        know.part(f"{name}, on", name)
        if wave.least is None or wave.most is None:
            continue
        for part, most in (("on", wave.most), (f"new of {name}", wave.assignments - wave.least)):
            bound = know.count(f"{name}, most {part}", some(most), most)
            secret = f"{name}, on" if part == "on" else f"{name} but {name}, on"
            know.at_most.append((secret, bound))
