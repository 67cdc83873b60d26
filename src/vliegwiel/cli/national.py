"""`vliegwiel national`: a forecast of the whole country, from documents, without a database."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.limits import LIMITS
from vliegwiel.science.caresystem import DocumentError, write_document
from vliegwiel.science.country import (
    CountryPlan,
    CountryRegion,
    country_plan,
    country_regions,
    region_care_system,
)

from . import national_table
from .answers import LANGUAGE, Language, fail, refuse, speak_without_database
from .language import gettext as _
from .national_documents import scenario_of, systems_in
from .national_folder import FolderError, NationalFolder, open_folder
from .national_work import ClusterError, Makers, Stopped, Work, cluster, threads_here

_MOST_REPLICATIONS = 10_000
#: Status of a process that was told to stop, by convention 128 and the number of the signal.
_INTERRUPTED = 130


def national(
    *,
    folder: Annotated[
        Path, typer.Option(help="Where results come, and what is finished when it is stopped.")
    ] = Path("national"),
    scenario: Annotated[
        str, typer.Option(help="Name of a shipped scenario, or a file: applied in every region.")
    ] = "",
    months: Annotated[int, typer.Option(help="Months ahead, 12 to 120.")] = 120,
    replications: Annotated[int, typer.Option(help="Repetitions, 20 to 10000.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.")] = 1,
    threads: Annotated[int, typer.Option(help="Processor cores to use.")] = os.cpu_count() or 1,
    scheduler: Annotated[
        str, typer.Option(help="Address of the scheduler of a Dask cluster: tcp://host:8786")
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="Code or name of a region; more than once for more.")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", help="Folder with better care systems of regions.")
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(help="Write the care system of each region to FOLDER; no more.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Show the regions and their sizes; no more.")
    ] = False,
    language: Language = LANGUAGE,
) -> None:
    """Forecast every youth-care region of the country, and the country as a whole."""
    speak_without_database(language)
    codes = _codes(only or [])
    if list_:
        national_table.show_regions([r for r in country_regions() if not codes or r.code in codes])
        return
    if documents is not None:
        _write_documents(documents, codes)
        return
    asked = {"months": months, "replications": replications, "seed": seed}
    _check_numbers(asked)
    plan = _plan(scenario, from_, codes, asked)
    makers = cluster(plan, scheduler) if scheduler else threads_here(plan, max(1, threads))
    with _told_plainly(folder), open_folder(folder, plan) as kept, _until_told_to_stop() as stop:
        with makers as found:
            _work(kept, found, stop)
        national_table.write(kept, seed=seed, months=months)
    national_table.show(kept)


def _codes(names: Sequence[str]) -> list[str]:
    """The codes of regions that somebody named by code or name."""
    known = {name: r.code for r in country_regions() for name in (r.code, r.slug, r.name.lower())}
    for name in names:
        if name not in known and name.lower() not in known:
            refuse(
                _("There is no region “%(name)s”. See: vliegwiel national --list") % {"name": name}
            )
    return [known.get(name) or known[name.lower()] for name in names]


def _check_numbers(asked: dict[str, int]) -> None:
    for name, value in asked.items():
        low, high = LIMITS[name]
        high = _MOST_REPLICATIONS if name == "replications" else high
        if not low <= value <= high:
            refuse(
                _("--%(name)s must lie between %(low)s and %(high)s, not %(value)s.")
                % {"name": name, "low": low, "high": high, "value": value}
            )


def _plan(
    scenario: str, better: Path | None, codes: Sequence[str], asked: dict[str, int]
) -> CountryPlan:
    systems = systems_in(better) if better is not None else {}
    change, made_for = scenario_of(scenario) if scenario else (None, None)
    try:
        return country_plan(
            scenario=change, made_for=made_for, systems=systems, only=codes, **asked
        )
    except DocumentError as error:
        refuse(*(f"{scenario}: {found.path}: {sentences.fault(found)}" for found in error.faults))
    except ValueError:
        refuse(_("The care systems must all start in the same month."))


def _write_documents(folder: Path, codes: Sequence[str]) -> None:
    regions = [region for region in country_regions() if not codes or region.code in codes]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for region in regions:
            text = write_document(region_care_system(region))
            (folder / f"{region.slug}.json").write_text(text, encoding="utf-8")
    except OSError as error:
        refuse(_("%(file)s cannot be written: %(error)s")
               % {"file": folder, "error": error.strerror})  # fmt: skip
    typer.echo(_("Care systems written to %(folder)s: %(count)s. Improve them and use --from.")
               % {"count": len(regions), "folder": folder})  # fmt: skip


@contextmanager
def _until_told_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a request to end sets; what is in hand is then finished first."""
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _told_plainly(folder: Path) -> Iterator[None]:
    """What may go wrong, in one line with what to do, and a status."""
    try:
        yield
    except Stopped:
        fail(_("Stopped. What is finished stands in %(folder)s; the same command goes on with it.")
             % {"folder": folder})  # fmt: skip
        raise typer.Exit(_INTERRUPTED) from None
    except FolderError as error:
        refuse(_folder_errors()[error.code] % {"folder": folder, "found": error.found})
    except ClusterError as error:
        fail(_cluster_errors()[error.code] % {"address": error.detail})
        raise typer.Exit(1) from None
    except OSError as error:
        fail(_("%(file)s cannot be written: %(error)s. What is finished is kept; give the same "
               "command again.")
             % {"file": error.filename or folder, "error": error.strerror})  # fmt: skip
        raise typer.Exit(1) from None


def _folder_errors() -> dict[str, str]:
    return {
        "busy": _(
            "Another process is working in %(folder)s. Wait for it, or choose another --folder."
        ),
        "not_empty": _(
            "%(folder)s holds something else (%(found)s). Choose an empty or a new --folder."
        ),
        "not_a_plan": _("%(folder)s holds a damaged %(found)s. Choose an empty or a new --folder."),
        "other_plan": _(
            "%(folder)s holds another calculation: other options, other documents or another "
            "version of Vliegwiel. Choose another --folder, or remove this one."
        ),
    }


def _cluster_errors() -> dict[str, str]:
    return {
        "missing": _("For --scheduler Dask is needed: pip install 'vliegwiel[cluster]'"),
        "absent": _("No Dask scheduler answers at %(address)s."),
        "gone": _(
            "The Dask cluster went away. What is finished is kept; give the same command again."
        ),
        "other_code": _(
            "The workers of the cluster have another version of Vliegwiel than this machine. Give "
            "all of them the same one."
        ),
    }


def _work(kept: NationalFolder, makers: Makers, stop: threading.Event) -> None:
    regions = kept.plan.regions
    total = len(regions) * kept.plan.replications
    done: dict[str, int] = {}
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[regions]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(_("Simulating the country"), total=total, regions="")

        def report(region: CountryRegion, replications: int) -> None:
            done[region.code] = done.get(region.code, 0) + replications
            whole = sum(1 for count in done.values() if count == kept.plan.replications)
            progress.update(
                task, description=region.name, completed=sum(done.values()),
                regions=_("region %(done)s of %(total)s")
                % {"done": min(whole + 1, len(regions)), "total": len(regions)},
            )  # fmt: skip

        Work(kept, makers, report, stop).do()
