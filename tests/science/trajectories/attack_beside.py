"""What somebody knows beside the tables of one day: youths, the bridge to CBS, and an earlier day.

It adds to :mod:`.whole_attack`. Of steps of the bridge only numbers are known here, so what stands
behind a count is made up: so many youths as there are, each with a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from vliegwiel.science.trajectories import (
    BRIDGE_FORMS,
    Bridge,
    BridgeRow,
    Trajectories,
    WaitingNow,
    bridge_rows,
    waiting_list,
)

from .knowledge import Knowledge, Members

_EVERYBODY, *_FORMS = BRIDGE_FORMS
_OTHER_CARE = ("study meanwhile|crisis", "study meanwhile|other_care")


def add_youths(know: Knowledge, found: Trajectories, now: WaitingNow) -> None:
    """Youths behind the waiting list: at most one for each wait, with or without other care."""
    listed = waiting_list(found, now.on)
    youths = frozenset((wait.youth,) for wait in listed.waits)
    helped = {
        (spell.youth,) for spell in found.spells
        if spell.runs_on(now.on) and found.forms.is_care(spell.form)
    }  # fmt: skip
    know.count("youths", youths, now.youths)
    know.count("waits beyond the first", some(listed.assignments - len(youths)), None)
    know.split("list", ("youths", "waits beyond the first"))
    know.count("youths, without care", youths - helped, now.youths_without_care)
    know.part("youths, without care", "youths")
    for name, waits, seen in (("planned", listed.planned, now.planned),
                              ("unsure", listed.unsure, now.unsure)):  # fmt: skip
        know.count(name, ((wait.youth, wait.assignments[0]) for wait in waits), seen)
    parts = [name for name in _OTHER_CARE if name in know.members]
    if parts:
        every = frozenset[tuple[object, ...]]().union(*(know.members[name] for name in parts))
        know.count("waits with other care", every, None)
        know.split("waits with other care", parts)
        know.at_most.append(("youths but youths, without care", "waits with other care"))


def add_bridge(know: Knowledge, found: Trajectories, shown: Bridge) -> None:
    """The steps of a period: which add up, and that who is helped has a trajectory at least."""
    true = {row.form: row for row in bridge_rows(found, shown.first, shown.last)}
    seen = {row.form: row for row in shown.rows}

    def name(step: str, form: str) -> str:
        return f"bridge {shown.period}|{form}|{step}"

    for form in BRIDGE_FORMS:
        for step in BridgeRow.__slots__[1:]:
            number, youths = getattr(true[form], step), true[form].helped or 1
            of_few = step in {"records", "merged", "trajectories"}
            members = some(number, youths if of_few else number)
            know.count(name(step, form), members, getattr(seen[form], step))
        for rest, whole, part in _DIFFERENCES:
            left = (getattr(true[form], whole) or 0) - (getattr(true[form], part) or 0)
            if name(rest, form) not in know.members:
                know.count(name(rest, form), some(left), None)
            know.split(name(whole, form), (name(part, form), name(rest, form)))
    for step in ("records", "merged", "trajectories"):
        know.split(name(step, _EVERYBODY), [name(step, form) for form in _FORMS])
    for step in ("assigned", "helped"):
        total = getattr(true[_EVERYBODY], step)
        counts = [getattr(true[form], step) for form in _FORMS]
        every = know.count(name(f"{step} by form", _EVERYBODY), some(sum(counts)), None)
        know.split(every, [name(step, form) for form in _FORMS])
        more = know.count(name(f"{step} again", _EVERYBODY), some(sum(counts) - total), None)
        know.split(every, (name(step, _EVERYBODY), more))
        for form, count in zip(_FORMS, counts, strict=True):
            rest = know.count(name(f"{step} elsewhere", form), some(total - count), None)
            know.split(name(step, _EVERYBODY), (name(step, form), rest))


#: What is left of a step, and what everybody can subtract to find it.
_DIFFERENCES = (
    ("both", "assigned", "not_started"),
    ("both", "helped", "unassigned"),
    ("stopped", "helped", "no_stop"),
    ("trajectories", "records", "merged"),
    ("beyond the first", "trajectories", "helped"),
)


def two_days(first: Knowledge, second: Knowledge) -> Knowledge:
    """Who kept the counts of an earlier day: what stayed, what came since, and what went."""
    known = Knowledge()
    for when, one in (("then", first), ("now", second)):
        known.members |= {f"{when} {name}": found for name, found in one.members.items()}
        known.seen |= {f"{when} {name}": count for name, count in one.seen.items()}
        known.sums += [(f"{when} {whole}", tuple(f"{when} {part}" for part in parts))
                       for whole, parts in one.sums]  # fmt: skip
        known.at_most += [(f"{when} {less}", f"{when} {more}") for less, more in one.at_most]
        known.giving += [(f"{when} {whole}", tuple(f"{when} {part}" for part in parts))
                         for whole, parts in one.giving]  # fmt: skip
        known.told |= {f"{when} {name}" for name in one.told}
        known.about |= {f"{when} {name}": f"{when} {what}" for name, what in one.about.items()}
    for name in sorted(first.seen.keys() & second.seen.keys()):
        before, after = first.members[name], second.members[name]
        stayed = known.count(f"stayed {name}", before & after, None)
        went = known.count(f"went {name}", before - after, None)
        came = known.count(f"came {name}", after - before, None)
        known.split(f"then {name}", (stayed, went))
        known.split(f"now {name}", (stayed, came))
    return known


def some(number: int, youths: int | None = None) -> Members:
    """So many made-up members, of so many youths."""
    return frozenset(_some(number, youths or number))


def _some(number: int, youths: int) -> Iterator[tuple[object, ...]]:
    for one in range(number):
        yield f"made up {one % youths}", one
