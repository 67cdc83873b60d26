"""Reads a CSV file of regional figures: pure, from bytes to typed rows."""

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from vliegwiel.apps.figures.findings import Finding, Findings
from vliegwiel.apps.figures.text_files import CSV_FILE, JSON_FILE, decode, looks_like_json
from vliegwiel.apps.figures.vocabulary import (
    CareForm,
    FigureStatus,
    LabelReading,
    Measure,
    Referrer,
    Sex,
    Unit,
)

from .cells import Cells
from .rules import RULES

COLUMNS = (
    "measure",
    "region",
    "period",
    "sex",
    "age_band",
    "care_form",
    "referrer",
    "value",
    "unit",
    "status",
    "label",
    "source",
    "place",
    "note_nl",
    "note_en",
)
NETHERLANDS = "NL"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One published figure. `decimals` is how many the source prints: 10 is not 10.0.

    Of a figure from a table that was fetched: which, when its publisher changed it last, and when
    it was fetched.
    """

    line: int
    measure: Measure
    area: str
    period: str
    sex: Sex
    age_band: str
    care_form: CareForm
    referrer: Referrer
    value: Decimal
    decimals: int
    unit: Unit
    status: FigureStatus
    label: LabelReading
    source: str
    place: str
    note_nl: str
    note_en: str
    table: str = ""
    modified_on: date | None = None
    fetched_on: date | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What the figure is about, and who says it."""
        return (
            self.measure,
            self.area,
            self.period,
            self.sex,
            self.age_band,
            self.care_form,
            self.referrer,
            self.source,
        )


def read_figures(
    content: bytes,
    *,
    name: str,
    region_code: str,
    sources: Collection[str],
    municipalities: Collection[str] = (),
) -> tuple[Sequence[FigureRow] | None, Sequence[Finding]]:
    """The figures of a file and all findings about it; no figures when one is an error.

    `region_code` (JZ..), its `municipalities` (four digits) and the Netherlands are the areas it
    may be about, `sources` the keys it may refer to.
    """
    findings = Findings(name, RULES)
    lines = _lines(content, findings)
    if lines is None:
        return None, findings.found()
    areas = (region_code, NETHERLANDS, *sorted(municipalities))
    rows = [
        _row(Cells(cells, line, findings), areas=areas, sources=sources) for line, cells in lines
    ]
    _check_duplicates(rows, findings)
    if findings.has_errors():
        return None, findings.found()
    return tuple(rows), findings.found()


def _lines(content: bytes, findings: Findings) -> list[tuple[int, dict[str, str]]] | None:
    """The cells of each line by column, with line numbers as an editor counts them."""
    text = decode(content, findings, wanted=CSV_FILE)
    if text is None:
        return None
    if looks_like_json(text):
        findings.add("other_kind", kind=JSON_FILE, wanted=CSV_FILE)
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, dict[str, str]]] = []
    try:
        header = next(reader)
        if not _check_header(header, findings):
            return None
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                findings.add(
                    "wrong_number_of_cells",
                    f"line {reader.line_num}",
                    found=len(cells),
                    expected=len(header),
                )
                continue
            lines.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error:
        findings.add("not_csv", line=reader.line_num)
        return None
    if not lines and not findings.has_errors():
        findings.add("no_rows")
    return lines


def _check_header(header: Sequence[str], findings: Findings) -> bool:
    for column in COLUMNS:
        if column not in header:
            findings.add("column_missing", "line 1", column=column)
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            findings.add("column_unknown", "line 1", column=column)
        if header.count(column) > 1:
            findings.add("column_twice", "line 1", column=column)
    return not findings.has_errors()


def _row(cells: Cells, *, areas: Sequence[str], sources: Collection[str]) -> FigureRow:
    unit = cells.choice("unit", Unit, Unit.PERSONS)
    status = cells.choice("status", FigureStatus, FigureStatus.PRINTED)
    value, decimals = _value(cells, unit)
    note_nl, note_en = cells.text("note_nl"), cells.text("note_en")
    if bool(note_nl) != bool(note_en):
        cells.report("note_in_one_language", "note_nl" if note_en else "note_en")
    if status is FigureStatus.CALCULATED and not note_en:
        cells.report("calculated_without_note", "note_en")
    area = cells.text("region", required=True)
    if area and area not in areas:
        cells.report("other_region", "region", found=area, known=" / ".join(areas))
    source = cells.text("source", required=True)
    if source and source not in sources:
        cells.report("source_unknown", "source", found=source)
    return FigureRow(
        line=cells.line,
        measure=cells.choice("measure", Measure, Measure.YOUTHS),
        area=area,
        period=_matching(cells, "period", _PERIOD, "period_invalid"),
        sex=cells.choice("sex", Sex, Sex.ALL),
        age_band=_matching(cells, "age_band", _AGE_BAND, "age_invalid"),
        care_form=cells.choice("care_form", CareForm, CareForm.NONE),
        referrer=cells.choice("referrer", Referrer, Referrer.ALL),
        value=value,
        decimals=decimals,
        unit=unit,
        status=status,
        label=cells.choice("label", LabelReading, LabelReading.PRINTED),
        source=source,
        place=cells.text("place", required=True),
        note_nl=note_nl,
        note_en=note_en,
    )


_PERIOD = re.compile(r"(19|20)\d{2}(H[12]|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
_AGE_BAND = re.compile(r"all|\d{1,2}-\d{1,2}")
_LARGEST = Decimal(100_000_000_000)


def _matching(cells: Cells, column: str, pattern: re.Pattern[str], code: str) -> str:
    text = cells.text(column, required=True)
    if text and not pattern.fullmatch(text):
        cells.report(code, column, found=text)
    return text


def _value(cells: Cells, unit: Unit) -> tuple[Decimal, int]:
    text = cells.text("value", required=True)
    if not text:
        return Decimal(0), 0
    try:
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,4})?", text):
            raise InvalidOperation
        value = Decimal(text)
    except InvalidOperation:
        cells.report("not_a_number", "value", found=text)
        return Decimal(0), 0
    decimals = len(text.partition(".")[2])
    if value < 0:
        cells.report("negative", "value", found=text)
    elif value >= _LARGEST:
        cells.report("too_large_number", "value", found=text)
    elif unit is Unit.PERCENT and value > 100:
        cells.report("share_above_hundred", "value", found=text)
    elif unit is not Unit.PERCENT and decimals:
        cells.report("not_whole", "value", found=text)
    return value, decimals


def _check_duplicates(rows: Sequence[FigureRow], findings: Findings) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.key in first:
            findings.add("duplicate_figure", f"line {row.line}", first=first[row.key])
        first.setdefault(row.key, row.line)
