"""From a saved table of StatLine to figures: pure, with every finding about it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import ValidationError

from vliegwiel import reference
from vliegwiel.apps.figures.findings import Finding, Findings
from vliegwiel.apps.figures.regional_csv import NETHERLANDS, FigureRow
from vliegwiel.apps.figures.text_files import JSON_FILE, decode, looks_like_csv, looks_like_json
from vliegwiel.apps.figures.vocabulary import (
    CareForm,
    FigureStatus,
    LabelReading,
    Measure,
    Referrer,
    Sex,
    Unit,
)

from .document import SavedCode, SavedDimension, SavedMeasure, SavedTable
from .rules import RULES

#: A table of one region is a few megabytes; more is another table.
LARGEST_TABLE = 60_000_000
_AGES = re.compile(r"(?:leeftijd:?\s*)?(\d{1,2}) tot (\d{1,2})(?: jaar)?")
_PERIOD_CODE = re.compile(r"(\d{4})(?:JJ00|HJ0([12]))")
_PERIOD_TITLE = re.compile(r"(\d{4})(?: ([12])e halfjaar)?|([12])e halfjaar (\d{4})")
_DECIMALS = 4
#: Who a share of a form is a share of; help is for all youths.
_AGES_OF: Mapping[CareForm, str] = {
    CareForm.PROTECTION: "0-17",
    CareForm.SUPERVISION_ORDER: "0-17",
    CareForm.GUARDIANSHIP: "0-17",
    CareForm.PROBATION: "12-22",
}
_EVERYBODY = "0-22"


@dataclass(frozen=True, slots=True)
class TableRead:
    """The figures of a table, with where and when they come from."""

    saved: SavedTable
    rows: Sequence[FigureRow]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a code of a dimension says about a figure; None says nothing that we know."""

    area: str | None = None
    period: str | None = None
    status: FigureStatus | None = None
    form: CareForm | None = None
    referrer: Referrer | None = None
    sex: Sex | None = None
    ages: str | None = None


def read_table(
    content: bytes, *, name: str, region_code: str, municipalities: Sequence[str]
) -> tuple[TableRead | None, Sequence[Finding]]:
    """The figures of a saved table about a region, its municipalities and the country.

    None where a finding is an error. Cells of other places, and of titles and periods that are not
    known, are left out; the findings say of which and how many.
    """
    findings = Findings(name, RULES)
    saved = _saved(content, findings)
    if saved is None:
        return None, findings.found()
    known = reference.statline_tables()
    if saved.table not in known:
        findings.add("table_unknown", found=saved.table, known=", ".join(known))
        return None, findings.found()
    areas = {region_code, NETHERLANDS, *municipalities}
    rows = _Reading(saved, known[saved.table].source, areas, findings).rows()
    if not findings.has_errors() and not any(row.area == region_code for row in rows):
        held = sorted({row.area for row in rows})
        findings.add("no_place" if rows else "nothing_known", found=", ".join(held))
    if findings.has_errors():
        return None, findings.found()
    return TableRead(saved, rows), findings.found()


def _saved(content: bytes, findings: Findings) -> SavedTable | None:
    text = decode(content, findings, wanted=JSON_FILE, limit=LARGEST_TABLE)
    if text is None:
        return None
    if looks_like_csv(text) or not looks_like_json(text):
        findings.add("not_saved_table")
        return None
    try:
        return SavedTable.model_validate_json(text)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        if place == "format" or not place:
            findings.add("not_saved_table")
        else:
            findings.add("wrong_shape", place=place, why=first["msg"])
        return None


class _Reading:
    """Reads the cells of one table; what cannot be read is counted by title."""

    def __init__(self, saved: SavedTable, source: str, areas: set[str], findings: Findings) -> None:
        self._saved = saved
        self._source = source
        self._areas = areas
        self._findings = findings
        self._left_out: Counter[tuple[str, str]] = Counter()

    def rows(self) -> Sequence[FigureRow]:
        codes = [
            {code.code: (code, _meaning(dimension, code)) for code in dimension.codes}
            for dimension in self._saved.dimensions
        ]
        measures = {measure.code: measure for measure in self._saved.measures}
        found: dict[tuple[str, ...], FigureRow] = {}
        for number, cell in enumerate(self._saved.observations, start=1):
            unknown = [
                code for code, known in zip(cell.at, codes, strict=False) if code not in known
            ]
            if len(cell.at) != len(codes) or unknown or cell.measure not in measures:
                code = next(iter(unknown), cell.measure)
                self._findings.add("code_unknown", found=code)
                return []
            at = [known[code] for code, known in zip(cell.at, codes, strict=True)]
            row = self._row(number, at, measures[cell.measure], cell.value)
            if row is None:
                continue
            if row.key in found:
                self._findings.add("cell_twice", found=" ".join(row.key))
                return []
            found[row.key] = row
        for (code, title), cells in sorted(self._left_out.items()):
            self._findings.add(code, found=title, cells=cells)
        return tuple(found.values())

    def _row(
        self,
        number: int,
        at: Sequence[tuple[SavedCode, _Meaning]],
        measure: SavedMeasure,
        value: float | None,
    ) -> FigureRow | None:
        whole = _together([meaning for _code, meaning in at])
        if whole.area not in self._areas:
            return None
        word = reference.statline_words().get(("measure", reference.statline_title(measure.title)))
        if word is None:
            self._left_out["title_unknown", measure.title] += 1
            return None
        for dimension, (code, meaning) in zip(self._saved.dimensions, at, strict=True):
            if meaning == _Meaning():
                kind = "period_unknown" if dimension.kind == "period" else "title_unknown"
                self._left_out[kind, code.title] += 1
                return None
        if value is None:
            self._left_out["not_shown", ""] += 1
            return None
        return self._figure(number, whole, word, measure, value)

    def _figure(
        self,
        number: int,
        whole: _Meaning,
        word: reference.StatlineWord,
        printed: SavedMeasure,
        value: float,
    ) -> FigureRow | None:
        unit = Unit(word.unit)
        decimals = min(printed.decimals, _DECIMALS)
        exact = round(Decimal(repr(value)), decimals)
        is_count = unit is not Unit.PERCENT
        if exact < 0 or (unit is Unit.PERCENT and exact > 100) or (is_count and exact % 1):
            self._findings.add("cell_impossible", found=value, about=printed.title)
            return None
        form = whole.form or CareForm.YOUTH_HELP_IN_KIND
        return FigureRow(
            line=number,
            measure=Measure(word.means),
            area=whole.area or "",
            period=whole.period or "",
            sex=whole.sex or Sex.ALL,
            age_band=whole.ages or _AGES_OF.get(form, _EVERYBODY),
            care_form=form,
            referrer=whole.referrer or Referrer.ALL,
            value=exact,
            decimals=0 if is_count else decimals,
            unit=unit,
            status=whole.status or FigureStatus.FINAL,
            label=LabelReading.PRINTED,
            source=self._source,
            place=f"StatLine {self._saved.table}",
            note_nl="",
            note_en="",
            table=self._saved.table,
            modified_on=self._saved.modified.date(),
            fetched_on=self._saved.fetched.date(),
        )


def _together(meanings: Sequence[_Meaning]) -> _Meaning:
    """What all codes of a cell say together."""
    names = _Meaning.__slots__
    first = {
        name: next((value for m in meanings if (value := getattr(m, name)) is not None), None)
        for name in names
    }
    return _Meaning(**first)


def _meaning(dimension: SavedDimension, code: SavedCode) -> _Meaning:
    if dimension.kind == "place":
        return _Meaning(area=_area(code.code))
    if dimension.kind == "period":
        return _period(code)
    title = reference.statline_title(code.title)
    words = reference.statline_words()
    # A dimension tells in its name what it splits by: "Totaal" alone could be of any.
    name = dimension.name.casefold()
    if "verwijzer" in name:
        word = words.get(("referrer", title))
        return _Meaning(referrer=Referrer(word.means)) if word else _Meaning()
    if "kenmerk" in name or "leeftijd" in name or "geslacht" in name:
        return _person(title)
    word = words.get(("form", title))
    return _Meaning(form=CareForm(word.means)) if word else _Meaning()


def _person(title: str) -> _Meaning:
    ages = _AGES.fullmatch(title)
    if ages:
        return _Meaning(sex=Sex.ALL, ages=f"{int(ages[1])}-{int(ages[2]) - 1}")
    word = reference.statline_words().get(("person", title))
    return _Meaning(sex=Sex(word.means)) if word else _Meaning()


def _area(code: str) -> str:
    """The area of a figure: NL, the code of a region, four digits of a municipality."""
    plain = code.strip()
    if plain == "NL01":
        return NETHERLANDS
    return plain.removeprefix("GM")


_STATUSES: Mapping[str, FigureStatus] = {
    "definitief": FigureStatus.FINAL,
    "voorlopig": FigureStatus.PROVISIONAL,
    "nadervoorlopig": FigureStatus.SECOND_PROVISIONAL,
}


def _period(code: SavedCode) -> _Meaning:
    """The period by its code, or by its title where the code is of another form."""
    title = code.title.replace("*", "").strip()
    by_code, by_title = _PERIOD_CODE.fullmatch(code.code), _PERIOD_TITLE.fullmatch(title)
    if by_code:
        year, half = by_code[1], by_code[2]
    elif by_title:
        year, half = by_title[1] or by_title[4], by_title[2] or by_title[3]
    else:
        return _Meaning()
    return _Meaning(period=f"{year}H{half}" if half else year, status=_status(code))


def _status(code: SavedCode) -> FigureStatus:
    """How final it is: in words, or by the number of asterisks in the title."""
    said = _STATUSES.get(code.status.casefold().replace(" ", ""))
    marks = code.title.count("*")
    if said is not None:
        return said
    by_marks = (FigureStatus.FINAL, FigureStatus.PROVISIONAL, FigureStatus.SECOND_PROVISIONAL)
    return by_marks[min(marks, 2)]
