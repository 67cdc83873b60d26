"""Delivering care messages from files: finding the files, telling how far it is, and the outcome.

Imported once Django is set up. The bytes of a file are read when they are needed, and never copied
to another place.
"""

import json
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.intake import (
    DeliveryCancelled,
    DeliveryRefused,
    IntakeError,
    NoSuchMapping,
    NothingToDeliver,
    queries,
    services,
)
from vliegwiel.apps.intake.services import Delivered, Source, Watch
from vliegwiel.apps.intake.services import Progress as HowFar
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories

from .answers import WRONG_INPUT, fail
from .language import gettext as _
from .language import ngettext
from .loading import Refused, TablesLagBehind, require_tables
from .loading import region_called as region_or_refused

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region

__all__ = [
    "Refused",
    "TablesLagBehind",
    "deliver_once",
    "region_called",
    "require_tables",
    "watch_folder",
]

STOPPED = 130
#: Where files of a watched folder go; `taken` and `refused` as programs can rely on.
TAKEN, REFUSED = "taken", "refused"
#: Places of a finding that a report beside a file names.
_MOST_REPORTED = 200


def region_called(name: str) -> "Region":
    """The region with this name or code. Raises Refused when there is none."""
    return region_or_refused(name, b"")


def deliver_once(
    region: "Region", paths: Sequence[Path], *, mapping: str = "", as_json: bool
) -> int:
    """Delivers all these files together; gives the status of the command."""
    sources = [source for path in paths for source in _sources(path)]
    with _stoppable() as stopped:
        return _deliver(region, sources, stopped, mapping=mapping, as_json=as_json)[0]


def watch_folder(
    region: "Region", folder: Path, *, every: float, remove: bool, as_json: bool
) -> int:
    """Delivers each file that comes into a folder and is complete, until told to stop.

    A file is complete when it did not change between two looks. What was taken is moved to the
    folder `taken` in it, or removed; what was refused to the folder `refused`. Beside each stands
    what was found in it. Killed at any moment, it begins again where it was: a file that was kept
    and not moved is known, and moved then.
    """
    seen: dict[Path, tuple[int, int]] = {}
    with _stoppable() as stopped:
        while not stopped():
            now = {path: _state(path) for path in _arrived(folder)}
            for path, state in now.items():
                if seen.get(path) != state or stopped():
                    continue
                _deliver_arrived(region, path, stopped, remove=remove, as_json=as_json)
            seen = now
            _wait(every, stopped)
    return 0


def _deliver_arrived(
    region: "Region", path: Path, stopped: Callable[[], bool], *, remove: bool, as_json: bool
) -> None:
    """One file of a watched folder; if it cannot be delivered now, the next look tries again."""
    if not path.exists():
        return
    status, delivery = _deliver(region, list(_sources(path)), stopped, as_json=as_json)
    if status not in {0, WRONG_INPUT}:
        return
    target = _free(path, path.parent / (REFUSED if status else TAKEN))
    if delivery is not None:
        _report(target, delivery)
    if status == 0 and remove:
        path.unlink(missing_ok=True)
    else:
        target.parent.mkdir(exist_ok=True)
        path.rename(target)


def _report(target: Path, delivery: int) -> None:
    """Writes what was found beside where the file will be, whole or not; nothing found, nothing.

    It is written before the file is moved: whoever sees the file there can read what is wrong.
    """
    lines = []
    for group in queries.finding_groups(delivery):
        found = queries.findings(delivery, rule=group.first.rule, limit=_MOST_REPORTED)
        lines += [_line(line) for line in found]
    if not lines:
        return
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
    unfinished.rename(target.with_name(f"{target.name}.{_('findings')}.txt"))


def _deliver(
    region: "Region",
    sources: Sequence[Source],
    stopped: Callable[[], bool],
    *,
    mapping: str = "",
    as_json: bool,
) -> tuple[int, int | None]:
    """Delivers, and tells the outcome; gives the status, and the delivery when there is one."""
    try:
        with _shown() as report:
            done = services.deliver(
                region=region,
                files=sources,
                by=system_user(),
                mapping=mapping,
                watch=Watch(report=report, cancelled=stopped),
            )
        trajectories.refresh(region=region)
        continuity.refresh(region=region)
    except DeliveryRefused as refused:
        _tell_refusal(refused, as_json=as_json)
        return WRONG_INPUT, refused.delivery_id
    except DeliveryCancelled as cancelled:
        fail(str(cancelled))
        return STOPPED, None
    except OSError as error:
        words = _("%(file)s cannot be read: %(error)s")
        fail(words % {"file": error.filename or "", "error": error.strerror})
        return 1, None
    except IntakeError as error:
        fail(str(error))
        wrong = isinstance(error, NothingToDeliver | NoSuchMapping)
        return (WRONG_INPUT if wrong else 1), None
    _tell(done, as_json=as_json)
    return 0, done.delivery_id


def _tell(done: Delivered, *, as_json: bool) -> None:
    if as_json:
        _print_json(
            {
                "status": "taken" if done.was_new else "known",
                "delivery": done.delivery_id,
                "new": done.new,
                "known": done.known,
                "differing": done.differing,
                "messages_left_out": done.messages_left_out,
                "records_left_out": done.records_left_out,
                "known_until": done.known_until and done.known_until.isoformat(),
                "findings": _findings(done.findings),
            }
        )
        return
    if not done.was_new:
        typer.echo(_("These files had been delivered before. Nothing changed."))
        return
    words = ngettext(
        "%(new)d new message was kept, %(known)d were known.",
        "%(new)d new messages were kept, %(known)d were known.",
        done.new,
    )
    typer.echo(words % {"new": done.new, "known": done.known})
    if done.messages_left_out or done.records_left_out:
        left = _(
            "Left out: a whole message %(messages)d times, a part of a message %(records)d times."
        )
        counts = {"messages": done.messages_left_out, "records": done.records_left_out}
        typer.echo(left % counts)
    for group in queries.finding_groups(done.delivery_id):
        fail(_("Note: %(finding)s") % {"finding": _grouped(group)})


def _tell_refusal(refused: DeliveryRefused, *, as_json: bool) -> None:
    if as_json:
        found = {"status": "refused", "delivery": refused.delivery_id}
        _print_json({**found, "findings": _findings(refused.findings)})
    for group in queries.finding_groups(refused.delivery_id):
        if group.first.severity.value == "F":
            for line in queries.findings(refused.delivery_id, rule=group.first.rule, limit=1000):
                fail(_line(line))
        else:
            fail(_("Note: %(finding)s") % {"finding": _grouped(group)})
    fail(str(refused))


def _line(line: queries.FindingLine) -> str:
    where = ": ".join(part for part in (line.file, queries.path_in_words(line.path)) if part)
    rules = f" ({', '.join(line.numbers)})" if line.numbers else ""
    return f"{where}: {line.message}{rules} {line.suggestion}".strip()


def _grouped(group: queries.FindingGroup) -> str:
    """One finding for all of its rule, with how many there are."""
    if group.count == 1:
        return _line(group.first)
    return _("%(line)s (%(count)d times; this is the first)") % {
        "line": _line(group.first),
        "count": group.count,
    }


def _findings(found: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
    lines = [queries.finding_line(item) for item in found]
    return [
        {
            "rule": line.rule,
            "severity": line.severity.value,
            "file": line.file,
            "path": line.path,
            "message": line.message,
            "suggestion": line.suggestion,
            "numbers": list(line.numbers),
        }
        for line in lines
    ]


def _print_json(found: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _sources(path: Path) -> Iterator[Source]:
    """A file, or every file in a folder and the folders in it, but not those that are hidden."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden:
                yield Source(str(inner.relative_to(path)), inner.stat().st_size, inner.read_bytes)
    else:
        yield Source(path.name, path.stat().st_size, path.read_bytes)


def _arrived(folder: Path) -> Sequence[Path]:
    return sorted(
        path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")
    )


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (-1, 0)
    return found.st_size, found.st_mtime_ns


def _free(path: Path, folder: Path) -> Path:
    """Where a file goes, without ever replacing another of the same name."""
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    return target


def _wait(seconds: float, stopped: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not stopped() and time.monotonic() < until:
        time.sleep(min(0.2, seconds))


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl-C and a request to stop are heard between two messages; all is then taken back."""
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)

    kinds = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(kind, hear) for kind in kinds]
    try:
        yield lambda: bool(heard)
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


@contextmanager
def _shown() -> Iterator[Callable[[HowFar], None]]:
    """A bar on a terminal; where a file or log reads, nothing until it is done."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    )
    with progress:
        bar = progress.add_task(_("Reading messages"), total=None)

        def report(far: HowFar) -> None:
            words = _("%(number)d messages read") % {"number": far.messages}
            progress.update(bar, description=words, completed=far.read, total=far.total)

        yield report
