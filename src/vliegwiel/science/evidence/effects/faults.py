"""What can be wrong with a table of measurements, as English sentences with named parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from vliegwiel.science.kernel import Fault

#: Code -> English sentence about a table: what is wrong, and what to do.
TABLE_FAULT_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": (
            "this is not a table of columns (%(why)s). Save it as CSV in UTF-8, with the names of "
            "the columns on the first line."
        ),
        "empty_table": "the table has no rows. Deliver at least one row below the headings.",
        "missing_column": (
            "there is no column %(column)s for the role %(role)s. Columns of this table: "
            "%(columns)s."
        ),
        "column_twice": (
            "the heading %(column)s stands there twice. Give each column its own name."
        ),
        "no_outcome": "name the column with the outcome, or those with time and event.",
        "time_without_event": (
            "a time needs a column that says whether the end was seen (role event), and the other "
            "way round."
        ),
        "missing_value": "%(column)s is empty. Fill it in, or leave the row out.",
        "not_a_number": "%(column)s is %(value)s, which is not a number.",
        "not_a_flag": "%(column)s is %(value)s; only 1 (yes) and 0 (no) can stand here.",
        "not_a_period": (
            "%(column)s is %(value)s; write a period as 2026, 2026-03, 2026-Q1 or 2026-03-31."
        ),
        "other_cadence": (
            "%(column)s is %(value)s, another kind of period than in the other rows. Write all in "
            "the same way."
        ),
        "negative_time": "%(column)s is %(value)s; a time cannot be below zero.",
        "no_size": "%(column)s is %(value)s; a size must be above zero.",
        "below_lowest": "%(column)s is %(value)s, lower than possible (%(limit)s).",
        "above_highest": "%(column)s is %(value)s, higher than possible (%(limit)s).",
        "row_twice": (
            "%(unit)s stands there twice for the same moment. Keep one row; when rows are persons, "
            "give each a number of its own and name their group as cluster."
        ),
        "two_starts": (
            "%(unit)s has more than one start. A start is the same in all rows of a unit."
        ),
        "stops_again": (
            "%(unit)s goes back to being without the initiative. These designs need one start "
            "without an end; leave out the periods after the end."
        ),
        "measured_early": (
            "%(unit)s was measured (%(measured)s) before being registered (%(registered)s). "
            "Correct one of the two days."
        ),
        "two_clusters": "%(unit)s belongs to more than one cluster. Give each person one cluster.",
        "and_more": "the same holds for %(count)s more rows.",
    }
)

#: Code -> English sentence about a table that a design cannot use.
DESIGN_FAULT_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "unknown_design": "there is no design %(value)s. Choose from: %(designs)s.",
        "no_design_fits": "no design can be used with these columns. Add: %(roles)s.",
        "needs_role": "this design needs a column with the role %(role)s.",
        "start_unknown": (
            "the table does not say when the initiative started. Add a column with the start, or "
            "name the first period with the initiative."
        ),
        "nobody_treated": "no row has the initiative since its start.",
        "nobody_compared": "nobody without the initiative is left to compare with.",
        "nobody_before": "there are no measurements from before the start.",
        "unknown_group": "there is no group %(value)s. Groups of this table: %(groups)s.",
        "which_group": "say which group is compared with. Groups of this table: %(groups)s.",
        "several_moments": (
            "this design needs one row for each person. Keep the last measurement as outcome and "
            "that from before the start as baseline."
        ),
        "several_starts": (
            "units started at different moments; this design needs one start. Use the staggered "
            "design or the stepped wedge."
        ),
        "too_few_persons": (
            "too few persons with an outcome: %(count)s; this design needs %(least)s."
        ),
        "too_few_units": "too few groups that can be used: %(count)s; this design needs %(least)s.",
        "too_few_periods": (
            "too few periods that can be used: %(count)s; this design needs %(least)s."
        ),
        "treated_in_part": (
            "cluster %(cluster)s has persons on both sides; in this design a whole cluster is on "
            "one side."
        ),
        "no_events": "on one side nobody reached the end; nothing can be compared.",
        "not_estimable": (
            "this cannot be computed: what was counted lies on one side only, so that the ratio "
            "has no end. Measure longer, or ask for another number."
        ),
        "numbers_too_far": (
            "this cannot be computed: the numbers lie too far apart or have too little to tell. "
            "Look for a number that was typed wrong, or measure longer."
        ),
        "too_few_counted": (
            "on one side of the start only %(count)s were counted; this design needs %(least)s. "
            "Measure longer."
        ),
        "not_counts": "a rate needs whole numbers of zero and more as outcome.",
        "no_variation": "the outcome is the same everywhere; there is nothing to compare.",
        "unknown_option": "%(value)s cannot be chosen here. Choose from: %(options)s.",
        "limit_beyond": (
            "times cannot be compared up to %(limit)s: one side was followed for %(most)s only."
        ),
        "level_outside": "the level must lie between 0.5 and 0.999, not %(value)s.",
    }
)

#: Rows that are named of one kind of fault; the others are counted.
MOST_NAMED = 20


def table_fault(place: str, code: str, **params: object) -> Fault:
    """A fault of the table, at a line or a column."""
    words = {name: str(value) for name, value in params.items()}
    return Fault(place, code, TABLE_FAULT_MESSAGES[code], words)


def design_fault(code: str, **params: object) -> Fault:
    """Why a design cannot use a table."""
    words = {name: str(value) for name, value in params.items()}
    return Fault("design", code, DESIGN_FAULT_MESSAGES[code], words)


def listed(values: Sequence[str], most: int = 12) -> str:
    """Names after one another, the first of many."""
    shown = ", ".join(values[:most])
    return f"{shown}, ..." if len(values) > most else shown
