"""The folder of a national calculation: what is finished, so that it can be taken up again.

    plan.json            which calculation this is
    pieces/              finished replications of regions that are not finished yet
    years/JZ07.years     counts by year of a finished region, sealed with its forecast
    regions/ijsselland.json    the forecast of a finished region
    country.csv, country.json  the table of the country, when all regions are finished

A file is written beside its place and then moved there: it is whole or it is not there.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vliegwiel.science.caresystem import YearCounts
from vliegwiel.science.country import (
    CountryPiece,
    CountryPlan,
    CountryRegion,
    RegionOutcome,
    years_of,
)

PLAN_SCHEMA = "vliegwiel.national/1"
_PLAN = "plan.json"
_UNFINISHED = ".part"


class FolderError(Exception):
    """The folder cannot be used; `code` says why, `found` what stands in the way."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code, self.found = code, found


class NationalFolder:
    """The finished work of one plan. Made by `open_folder`."""

    def __init__(self, root: Path, plan: CountryPlan) -> None:
        self.root, self.plan = root, plan

    def piece(self, piece: CountryPiece) -> bytes | None:
        """A finished piece; None when it must be made, also because it is damaged."""
        data = _content(self._piece(piece))
        return data if data is not None and self.plan.is_piece(piece, data) else None

    def has(self, piece: CountryPiece) -> bool:
        """Whether a piece is finished and sound."""
        return self.piece(piece) is not None

    def keep(self, piece: CountryPiece, data: bytes) -> None:
        write_whole(self._piece(piece), data)

    def finish(self, region: CountryRegion, outcome: RegionOutcome) -> None:
        """Keeps the outcome of a region; its pieces are no longer needed."""
        write_whole(self._forecast(region), outcome.forecast.encode())
        write_whole(self._years(region), outcome.to_bytes())
        for piece in self.plan.pieces(region.code):
            self._piece(piece).unlink(missing_ok=True)

    def years(self, region: CountryRegion) -> YearCounts | None:
        """The counts of a finished region; None when it is not finished, or no longer sound."""
        sealed, forecast = _content(self._years(region)), _content(self._forecast(region))
        if sealed is None or forecast is None:
            return None
        return years_of(self.plan, region.code, sealed, forecast.decode(errors="replace"))

    def _piece(self, piece: CountryPiece) -> Path:
        return self.root / "pieces" / f"{piece.name}.npz"

    def _years(self, region: CountryRegion) -> Path:
        return self.root / "years" / f"{region.code}.years"

    def _forecast(self, region: CountryRegion) -> Path:
        return self.root / "regions" / f"{region.slug}.json"


@contextmanager
def open_folder(root: Path, plan: CountryPlan) -> Iterator[NationalFolder]:
    """The folder of this plan, new or taken up again, for this process alone.

    Raises FolderError when it holds something else or another process works in it, and OSError when
    it cannot be written.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderError("busy") from error
        _claim(root, plan)
        for name in ("pieces", "years", "regions"):
            (root / name).mkdir(exist_ok=True)
        for left in root.rglob(f"*{_UNFINISHED}"):
            left.unlink()
        yield NationalFolder(root, plan)


def _claim(root: Path, plan: CountryPlan) -> None:
    described = {
        "schema": PLAN_SCHEMA, "hash": plan.hash, "regions": sorted(plan.plans),
        "replications": plan.replications,
    }  # fmt: skip
    others = [found.name for found in root.iterdir() if found.name != ".lock"]
    if _PLAN not in others:
        if [name for name in others if not name.endswith(_UNFINISHED)]:
            raise FolderError("not_empty", sorted(others)[0])
        write_whole(root / _PLAN, json.dumps(described).encode())
        return
    try:
        found = json.loads((root / _PLAN).read_bytes())
        same = (found["schema"], found["hash"]) == (PLAN_SCHEMA, plan.hash)
    except (ValueError, KeyError, TypeError) as error:
        raise FolderError("not_a_plan", _PLAN) from error
    if not same:
        raise FolderError("other_plan")


def write_whole(file: Path, data: bytes) -> None:
    """Writes a file so that it is there as a whole or not at all, also when the machine stops."""
    beside = file.with_name(f"{file.name}{_UNFINISHED}")
    try:
        with beside.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
