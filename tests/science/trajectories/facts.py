"""What follows from messages on a day, as short facts that a test can look for."""

from __future__ import annotations

from datetime import date

from vliegwiel.science.trajectories import (
    Outcome,
    Trajectories,
    Wait,
    expiries_of,
    transitions,
    waiting_list,
    waits_of,
    youths_in_care,
)


def _day(day: date) -> str:
    return f"{day:%m-%d}"


def facts(found: Trajectories, on: date) -> set[str]:
    """Facts about assignments, waits, spells, trajectories and who waits on a day."""
    waits = waits_of(found, on).waits
    listed = waiting_list(found, on)
    known = {
        f"{len(found.assignments)} assignments",
        f"{len(waits)} waits",
        f"{len(found.spells)} spells",
        f"{len(found.trajectories)} trajectories",
        f"{len(found.episodes)} episodes",
        f"{len(found.orphans)} orphans",
        "in care" if youths_in_care(found, on) else "not in care",
        f"waiting {listed.assignments} assignments {listed.youths} youths",
        f"{sum(item.extended for item in expiries_of(found))} extensions",
    }
    for wait in waits:
        known |= _of_wait(wait)
    for spell in found.spells:
        end = "open" if spell.end is None else f"to {_day(spell.end)}, {spell.days} days"
        known.add(f"spell {_day(spell.begin)} {end}")
        known.add(f"spell reason {spell.reason or 'unknown'}")
        known |= {f"spell {mark.value}" for mark in spell.marks}
    for chain in found.trajectories:
        known |= {f"pause {days}" for days in chain.pauses}
    known |= {f"W6 {item.days}" for item in transitions(found)}
    known |= {f"request {item.state.value}" for item in found.requests.values()}
    known |= {f"found {item.rule}" for item in found.findings}
    return known


def _of_wait(wait: Wait) -> set[str]:
    known = {wait.outcome.value, f"referrer {wait.referral.referrer.value}"}
    if wait.referral.presumed:
        known.add("referrer presumed")
    if wait.bounds is not None:
        least, most = wait.bounds
        known.add(f"W1 {least}" if least == most else f"W1 {least} to {most}")
    else:
        known.add("no W1")
    for name, days in (
        ("W2", wait.after_agreed),
        ("W3", wait.after_request),
        ("W4", wait.decision_days),
    ):
        known.add(f"no {name}" if days is None else f"{name} {days}")
    if wait.outcome is Outcome.WAITING:
        known.add(f"W7 {wait.days}")
    if wait.ended is not None and wait.cause is not None:
        known.add(f"{wait.cause.value} on {_day(wait.ended)} after {wait.days} days")
    return known
