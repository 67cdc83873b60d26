"""A table of StatLine from the open data of CBS: OData version 4, or 3 where that is not there.

Only the places of one region are asked for, with the country beside them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from vliegwiel.apps.figures.statline import (
    FORMAT,
    SavedCode,
    SavedDimension,
    SavedMeasure,
    SavedObservation,
    SavedTable,
)

from .language import gettext as _
from .statline_http import Asking, NotThere, StatlineAway

V4 = "https://datasets.cbs.nl/odata/v1/CBS"
V3 = "https://opendata.cbs.nl/ODataFeed/odata"
_COUNTRY = "NL01"
# A filter is a part of the address, and addresses have a limit.
_PLACES_AT_ONCE = 20
_KINDS = {
    "GeoDimension": "place", "GeoDetail": "place", "TimeDimension": "period",
}  # fmt: skip
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Statline:
    """The two services, and how they are asked."""

    v4: str = V4
    v3: str = V3
    asking: Asking = field(default_factory=Asking)

    def modified(self, table: str) -> datetime:
        """When CBS changed the table last. Raises StatlineAway."""
        try:
            return _moment(self.asking.object_at(f"{self.v4}/{table}/Properties")["Modified"])
        except (StatlineAway, KeyError, ValueError):
            return _moment(self._info_v3(table).get("Modified", ""))

    def table(self, table: str, places: Collection[str]) -> SavedTable:
        """The table for the places (JZ07, GM0193), and the country. Raises StatlineAway."""
        wanted = {_COUNTRY, *places}
        try:
            return _checked(self._table_v4, table, wanted)
        except StatlineAway as error:
            newest = error
        try:
            return _checked(self._table_v3, table, wanted)
        except NotThere as error:
            raise newest from error
        except StatlineAway as error:
            raise StatlineAway(f"{newest} {error}") from error

    def _table_v4(self, table: str, places: Collection[str]) -> dict[str, Any]:
        base = f"{self.v4}/{table}"
        about = self.asking.object_at(f"{base}/Properties")
        dimensions = []
        for found in self.asking.rows_at(f"{base}/Dimensions"):
            name = str(found.get("Identifier", ""))
            codes = [
                SavedCode(
                    code=str(row["Identifier"]),
                    title=str(row.get("Title", "")),
                    status=str(row.get("Status") or ""),
                )
                for row in _sound(self.asking.rows_at(f"{base}/{name}Codes"), "Identifier")
            ]
            kind = _KINDS.get(str(found.get("Kind", "")), "other")
            dimensions.append(SavedDimension(name=name, kind=kind, codes=codes))
        measures = [
            _measure(row["Identifier"], row)
            for row in _sound(self.asking.rows_at(f"{base}/MeasureCodes"), "Identifier")
        ]
        names = [dimension.name for dimension in dimensions]
        cells = [
            SavedObservation(
                at=[str(row[name]).strip() for name in names],
                measure=str(row["Measure"]),
                value=row.get("Value"),
            )
            for condition in _conditions(dimensions, places)
            for row in _sound(
                self.asking.rows_at(f"{base}/Observations?$filter={condition}"), "Measure", *names
            )
        ]
        return {
            "table": table, "title": about.get("Title", ""), "modified": about.get("Modified", ""),
            "service": "v4", "address": base, "dimensions": _stripped(dimensions),
            "measures": measures, "observations": cells,
        }  # fmt: skip

    def _info_v3(self, table: str) -> Mapping[str, Any]:
        rows = self.asking.rows_at(f"{self.v3}/{table}/TableInfos?$format=json")
        return next(iter(rows), {})

    def _table_v3(self, table: str, places: Collection[str]) -> dict[str, Any]:
        base = f"{self.v3}/{table}"
        about = self._info_v3(table)
        dimensions, measures = [], []
        for found in _sound(
            self.asking.rows_at(f"{base}/DataProperties?$format=json"), "Key", "Type"
        ):
            kind, key = str(found["Type"]), str(found["Key"])
            if kind == "Topic":
                measures.append(_measure(key, found))
            elif kind == "Dimension" or kind in _KINDS:
                rows = _sound(self.asking.rows_at(f"{base}/{key}?$format=json"), "Key")
                codes = [
                    SavedCode(
                        code=str(row["Key"]),
                        title=str(row.get("Title", "")),
                        status=str(row.get("Status") or ""),
                    )
                    for row in rows
                ]
                dimensions.append(
                    SavedDimension(name=key, kind=_KINDS.get(kind, "other"), codes=codes)
                )
        names = [dimension.name for dimension in dimensions]
        cells = [
            SavedObservation(
                at=[str(row[name]).strip() for name in names],
                measure=measure.code,
                value=row.get(measure.code),
            )
            for condition in _conditions(dimensions, places)
            for row in _sound(
                self.asking.rows_at(f"{base}/TypedDataSet?$format=json&$filter={condition}"), *names
            )
            for measure in measures
        ]
        return {
            "table": table, "title": about.get("Title", ""), "modified": about.get("Modified", ""),
            "service": "v3", "address": base, "dimensions": _stripped(dimensions),
            "measures": measures, "observations": cells,
        }  # fmt: skip


def _conditions(dimensions: Sequence[SavedDimension], places: Collection[str]) -> Iterator[str]:
    """Filters that together ask for the places, as CBS writes their codes: filled with blanks."""
    for dimension in dimensions:
        if dimension.kind != "place":
            continue
        codes = [code.code for code in dimension.codes if code.code.strip() in places]
        if not codes:
            raise StatlineAway(_("The table has no figures of this region."))
        for begin in range(0, len(codes), _PLACES_AT_ONCE):
            part = codes[begin : begin + _PLACES_AT_ONCE]
            yield " or ".join(f"{dimension.name} eq '{code}'" for code in part)
        return
    raise StatlineAway(_("The table has no figures by place."))


def _stripped(dimensions: Sequence[SavedDimension]) -> list[SavedDimension]:
    return [
        SavedDimension(
            name=dimension.name,
            kind=dimension.kind,
            codes=[
                SavedCode(code=code.code.strip(), title=code.title.strip(), status=code.status)
                for code in dimension.codes
            ],
        )
        for dimension in dimensions
    ]


def _measure(code: object, row: Mapping[str, Any]) -> SavedMeasure:
    return SavedMeasure(
        code=str(code),
        title=str(row.get("Title", "")).strip(),
        unit=str(row.get("Unit") or "").strip(),
        decimals=int(row.get("Decimals") or 0),
    )


def _sound(rows: Iterator[dict[str, Any]], *names: str) -> Iterator[dict[str, Any]]:
    """The rows, each with what it needs. Raises StatlineAway when CBS changed its form."""
    for row in rows:
        for name in names:
            if name not in row:
                words = _("CBS answers in another form than before: “%(name)s” is missing.")
                raise StatlineAway(words % {"name": name})
        yield row


def _moment(written: str) -> datetime:
    """A moment as CBS writes it; without a zone it is that of the Netherlands."""
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=_AMSTERDAM)


def _checked(
    read: Callable[[str, Collection[str]], dict[str, Any]], table: str, places: Collection[str]
) -> SavedTable:
    """What a service holds of a table. Raises StatlineAway also for an answer of another form."""
    try:
        found = read(table, places)
        return SavedTable(
            format=FORMAT,
            fetched=datetime.now(UTC),
            **{**found, "modified": _moment(found["modified"])},
        )
    except (ValidationError, ValueError, TypeError) as error:
        words = _("CBS answers in another form than before: %(why)s")
        raise StatlineAway(words % {"why": str(error).splitlines()[0]}) from error
