"""A whole region through the product: made, delivered month by month, kept, and figures from it.

python -m benchmarks.large_region [--scale 0.05] [--months 36] [--folder FOLDER]

Scale 1 is IJsselland as it ships: 145,420 youths live there, of whom some 34,000 get help in three
years.

Every month is one delivery by the product's own service into a PostgreSQL of its own. Right after
each, the floor does the same work as plainly as it can be done: lxml parses the same messages, and
the rows that were kept go by COPY from memory into tables without and with the indexes and checks
of the product. Ratios are of seconds on the clock. After the last month everything is delivered
again, the last month once more in another file, and the figures of the newest day are worked out
by the service that does so for the pages. Each step is a process of its own, so that its largest
memory is told apart. Nothing is left behind.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from vliegwiel.cli.environment import start
from vliegwiel.science.ijw.opening import PARSER
from vliegwiel.science.regionbox import BoxOptions, box_of, monthly_messages

from .findings import Finding, as_table
from .peak import peak_megabytes
from .shipped import ijsselland

Say = Callable[[str], None]
Result = dict[str, Any]
#: A month is delivered in files of at most so many messages, as systems send them.
_IN_A_FILE = 50_000


def make(folder: Path, scale: float, months: int) -> Result:
    """Writes the messages of a region as archives, a folder for each month."""
    begin = time.perf_counter()
    box = box_of(ijsselland(), BoxOptions(scale=scale, months=months))
    messages = size = 0
    for month, made in monthly_messages(box):
        place = folder / f"{month:%Y-%m}"
        place.mkdir(parents=True)
        for number, part in enumerate(_parts(made), 1):
            with zipfile.ZipFile(place / f"{number:03}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for message in part:
                    archive.writestr(message.name, message.content)
                    messages, size = messages + 1, size + len(message.content)
    return {
        "youths": box.histories.youths, "messages": messages, "megabytes": size / 1e6,
        "seconds": time.perf_counter() - begin, "memory": peak_megabytes(),
    }  # fmt: skip


def _parts(messages: Iterator[Any]) -> Iterator[Iterator[Any]]:
    """The messages in pieces, none of which is in memory."""
    for first in messages:
        yield _piece(first, messages)


def _piece(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    for _number, message in zip(range(_IN_A_FILE - 1), rest, strict=False):
        yield message


def deliver(folder: Path) -> Result:
    """Delivers every month to the region, each followed by its floor; then all of it once more."""
    start()
    # Late: models need Django set up, and Django the address of the database.
    from . import large_region_kept as kept  # noqa: PLC0415

    region = kept.region_of(ijsselland())
    tables = kept.Floor()
    rows = []
    for month in sorted(folder.iterdir()):
        row: Result = {"month": month.name}
        done, row["seconds"] = kept.delivered(region, month)
        row |= {"messages": done.new, "findings": len(done.findings), "memory": peak_megabytes()}
        copied = tables.rows_of(done.delivery_id)
        row["parse"] = sum(parsed(path) for path in month.iterdir())
        row["copy"], row["copy_indexed"] = tables.copy(copied)
        row["rows"] = sum(content.count(b"\n") for content in copied.values())
        rows.append(row)
        print(json.dumps(row), file=sys.stderr, flush=True)
    database, before = kept.size(), kept.mark()
    begin = time.perf_counter()
    for month in sorted(folder.iterdir()):
        kept.delivered(region, month)
    again, unchanged = time.perf_counter() - begin, kept.mark() == before
    newest = sorted(folder.iterdir())[-1]
    messages = kept.mark(messages_only=True)
    other = kept.in_another_file(region, newest)
    return {
        "rows": rows, "again": again, "unchanged": unchanged, "other": other,
        "unchanged_too": kept.mark(messages_only=True) == messages,
        "database": database, "memory": peak_megabytes(),
    }  # fmt: skip


def parsed(path: Path) -> float:
    """Seconds to parse the messages in an archive, taking them out left aside."""
    taken = 0.0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            begin = time.perf_counter()
            etree.fromstring(content, PARSER)
            taken += time.perf_counter() - begin
    return taken


def derive() -> Result:
    """Works out the figures of the newest day, as a worker does."""
    start()
    # Late: models need Django set up, and Django the address of the database.
    from . import large_region_kept as kept  # noqa: PLC0415

    begin = time.perf_counter()
    size = kept.worked_out()
    return {"size": size, "seconds": time.perf_counter() - begin, "memory": peak_megabytes()}


def child(step: str, folder: Path, data: Path, *given: str) -> Result:
    """What a step prints that is done in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.large_region", "--child", step, "--folder", str(folder),
         *given],
        check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "VLIEGWIEL_DATA": str(data), "VLIEGWIEL_MODE": "demo"},
    )  # fmt: skip
    found: Result = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(folder: Path, scale: float, months: int, say: Say) -> Iterator[Finding]:
    """All steps in turn, as findings of one round."""
    data = folder / "data"
    sizes = ("--scale", str(scale), "--months", str(months))
    made = child("make", folder / "messages", data, *sizes)
    say(f"made: {json.dumps(made)}")
    kept = child("deliver", folder / "messages", data)
    say(f"delivered: {json.dumps({key: kept[key] for key in kept if key != 'rows'})}")
    worked = child("derive", folder / "messages", data)
    say(f"worked out: {json.dumps(worked)}")
    yield from findings_of(made, kept, worked)


def findings_of(made: Result, kept: Result, worked: Result) -> Iterator[Finding]:
    """The table of what was measured."""
    rows: Sequence[Mapping[str, Any]] = kept["rows"]
    keys = ("seconds", "parse", "copy", "copy_indexed", "messages", "rows")
    total = {key: sum(row[key] for row in rows) for key in keys}
    what = (f"delivering {total['messages']:,} messages of {made['youths']:,} youths "
            f"({made['megabytes']:,.0f} MB, {total['rows']:,} rows)")  # fmt: skip
    bare, indexed = (total["parse"] + total[name] for name in ("copy", "copy_indexed"))
    yield Finding(f"{what} / parsing them and COPY of the rows", (total["seconds"] / bare,))
    yield Finding(f"{what} / the same with indexes and checks", (total["seconds"] / indexed,))
    yield Finding("messages delivered in a second", (total["messages"] / total["seconds"],), "")
    quarter = max(len(rows) // 4, 1)
    early, late = (_above_floor(part) for part in (rows[4 : 4 + quarter], rows[-quarter:]))
    yield Finding("that ratio in the last quarter of the months / in the first", (late / early,))
    yield Finding("everything again, nothing new / the first time",
                  (kept["again"] / total["seconds"],))  # fmt: skip
    yield Finding("the last month in another file, all known / the first time",
                  (kept["other"] / rows[-1]["seconds"],))  # fmt: skip
    changed = float(not kept["unchanged"]) + float(not kept["unchanged_too"])
    yield Finding("times that this changed messages or records", (changed,), "", 0.0, most=True)
    yield Finding("largest memory of delivering", (kept["memory"],), "MB")
    yield Finding("database", (kept["database"] / 1e6,), "MB")
    yield Finding(f"working out the figures ({worked['size']:,} bytes) / delivering",
                  (worked["seconds"] / total["seconds"],))  # fmt: skip
    yield Finding("largest memory of working out the figures", (worked["memory"],), "MB")


def _above_floor(rows: Sequence[Mapping[str, Any]]) -> float:
    floor = sum(row["parse"] + row["copy_indexed"] for row in rows)
    found: float = sum(row["seconds"] for row in rows) / floor
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.05)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--child", choices=["make", "deliver", "derive"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child == "make":
        print(json.dumps(make(asked.folder, asked.scale, asked.months)))
    elif asked.child:
        print(json.dumps(deliver(asked.folder) if asked.child == "deliver" else derive()))
    else:
        with tempfile.TemporaryDirectory(prefix="large-region-", dir=asked.folder) as folder:
            found = list(measured(Path(folder), asked.scale, asked.months, print))
        title = f"scale {asked.scale:g}, {asked.months} months"
        print(f"\n{title}\n\n{as_table(found)}")


if __name__ == "__main__":
    main()
