"""Reading a table of measurements: everything that is wrong at once, with its line."""

from pathlib import Path

import numpy as np
import pytest

from vliegwiel.science.evidence.effects import (
    TABLE_FAULT_MESSAGES,
    EffectTable,
    Role,
    TableRoles,
    read_effect_table,
    table_of,
)
from vliegwiel.science.evidence.effects.periods import NEVER, Cadence, period_of, written
from vliegwiel.science.kernel import DocumentError, Fault

GOOD = (
    "unit;period;start;outcome\n"
    "Zwolle;2026-01;2026-02;3,5\n"
    "Zwolle;2026-02;2026-02;4\n"
    "Olst;2026-01;;2,25\n"
)


def read(text: str, **options: object) -> EffectTable:
    roles = options.pop("columns", {})
    return read_effect_table(text.encode(), TableRoles(columns=roles, **options))  # type: ignore[arg-type]


def faults(text: str, **options: object) -> list[Fault]:
    with pytest.raises(DocumentError) as caught:
        read(text, **options)
    return list(caught.value.faults)


def test_months_commas_and_names() -> None:
    table = read(GOOD)
    assert table.cadence is Cadence.MONTH
    assert table.outcome is not None
    assert table.outcome.tolist() == [3.5, 4.0, 2.25]
    assert table.names[Role.UNIT] == ("Olst", "Zwolle")
    assert table.start is not None
    assert table.start.tolist()[2] == NEVER
    assert table.since.tolist() == [False, True, False]
    assert table.roles == {Role.UNIT, Role.PERIOD, Role.START, Role.OUTCOME}


@pytest.mark.parametrize("mark", [",", "\t"])
def test_other_separators_and_named_columns(mark: str) -> None:
    text = GOOD.replace(",", ".").replace(";", mark).replace("outcome", "Wachttijd")
    table = read("\ufeff" + text, columns={Role.OUTCOME: "Wachttijd"})
    assert table.outcome is not None
    assert table.outcome.tolist() == [3.5, 4.0, 2.25]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = faults(
        "unit,period,treated,outcome,size\n"
        "a,2026-01,0,many,10\n"
        ",2026-01,1,3,0\n"
        "b,January,maybe,5,10\n"
        "b,2026-Q1,1,500,10\n"
        "c,2026-02,1,,10\n",
        highest=100,
    )
    told = {(fault.path, fault.code) for fault in found}
    assert told == {
        ("line 2", "not_a_number"),
        ("line 3", "missing_value"),
        ("line 3", "no_size"),
        ("line 4", "not_a_period"),
        ("line 4", "not_a_flag"),
        ("line 5", "other_cadence"),
        ("line 5", "above_highest"),
    }
    assert "outcome is many, which is not a number." in [fault.message for fault in found]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", "", "unreadable"),
        ("unit,outcome\n", "", "empty_table"),
        ("unit,outcome\n\n\n", "", "empty_table"),
        ("unit,outcome\na,1\nb,2,3\n", "", "unreadable"),
        ("unit,outcome,outcome\na,1,2\n", "line 1", "column_twice"),
        ("unit,period\na,1\n", "line 1", "no_outcome"),
        ("unit,time\na,1\n", "line 1", "time_without_event"),
        ("unit,outcome\na,1\n\nb,2\n", "line 3", "missing_value"),
        ("time,event\n-1,1\n", "line 2", "negative_time"),
        ("outcome\ninf\n", "line 2", "not_a_number"),
        ("outcome\n-3\n", "line 2", "below_lowest"),
        ("unit,outcome\na,1\nb,2\na,3\n", "line 4", "row_twice"),
        ("unit,period,outcome\na,1,1\na,2,2\na,1,3\n", "line 4", "row_twice"),
        ("unit,period,start,outcome\na,1,2,1\na,2,1,2\n", "line 3", "two_starts"),
        ("unit,period,treated,outcome\na,1,1,1\na,2,0,2\n", "line 3", "stops_again"),
        ("unit,period,cluster,outcome\na,1,x,1\na,2,y,2\n", "line 3", "two_clusters"),
        (
            "unit,registered,measured,outcome\na,2026-03-01,2026-02-28,1\n",
            "line 2",
            "measured_early",
        ),
    ],
)
def test_each_fault_and_its_line(text: str, line: str, code: str) -> None:
    found = faults(text, lowest=0)
    assert (found[0].path, found[0].code) == (line, code)
    assert "%(" not in found[0].message


def test_a_column_that_is_not_there() -> None:
    (found,) = faults(GOOD, columns={Role.CLUSTER: "Wijk"})
    assert (found.path, found.code) == ("line 1", "missing_column")
    assert "unit, period, start, outcome" in found.message


def test_many_faults_of_one_kind_are_counted() -> None:
    found = faults("outcome\n" + "x\n" * 500)
    assert len(found) == 21
    assert (found[-1].code, found[-1].params["count"]) == ("and_more", "480")


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(DocumentError, match="UTF-8"):
        read_effect_table(b"PK\x03\x04\xff\xfe", TableRoles(columns={}))


def test_columns_that_are_there_already_are_checked_alike() -> None:
    with pytest.raises(DocumentError, match="line 3: event is 2"):
        table_of({Role.TIME: np.array([1.0, 2.0]), Role.EVENT: np.array([1, 2])})


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-Q4", "2026-12-31", "-3"])
def test_periods_are_written_as_they_were_read(text: str) -> None:
    found = period_of(text)
    assert found is not None
    assert written(*found) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "1.5", "soon", "2026-Q5"])
def test_what_is_no_period(text: str) -> None:
    assert period_of(text) is None


def test_no_fault_is_forgotten_here() -> None:
    """Every kind of fault of a table occurs in a test of this module."""
    here = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in TABLE_FAULT_MESSAGES if f'"{code}"' not in here] == []
