"""Reads a table of offers: pure, from bytes to typed rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.figures.findings import Finding, Findings
from vliegwiel.apps.figures.sheets import lines_of
from vliegwiel.apps.offers.facts import OfferFacts, WaitFacts
from vliegwiel.apps.offers.vocabulary import (
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_WAIT,
    MOST_PLACES,
    OLDEST,
    YOUNGEST,
    DataMark,
    OfferedForm,
    WaitSource,
    WaitUntil,
)

from .cells import Cells
from .columns import COLUMNS
from .rules import RULES


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of a table, with its wait where that is told."""

    line: int
    provider_code: str
    provider: str
    code: str
    facts: OfferFacts
    wait: WaitFacts | None

    @property
    def key(self) -> tuple[str, str]:
        """What tells an offer from the others of a region."""
        return self.provider_code, self.code


def read_offers(
    content: bytes, *, name: str, municipalities: Mapping[str, str], today: date
) -> tuple[Sequence[OfferRow] | None, Sequence[Finding]]:
    """The offers of a CSV or Excel file and all findings about it; none when one is an error.

    `municipalities` are those of the region, code to name. No wait can be said after `today`.
    """
    findings = Findings(name, RULES)
    lines = lines_of(content, findings, COLUMNS)
    if lines is None:
        return None, findings.found()
    rows = [
        _row(Cells(cells, line, findings), municipalities=municipalities, today=today)
        for line, cells in lines
    ]
    _check_together(rows, findings)
    if findings.has_errors():
        return None, findings.found()
    return tuple(rows), findings.found()


def _row(cells: Cells, *, municipalities: Mapping[str, str], today: date) -> OfferRow:
    age_from = cells.whole("age_from", YOUNGEST, OLDEST, required=True) or 0
    age_to = cells.whole("age_to", YOUNGEST, OLDEST, required=True)
    if age_to is not None and age_to < age_from:
        cells.report("ages_reversed", "age_to")
    starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        cells.report("days_reversed", "ends_on")
    return OfferRow(
        line=cells.line,
        provider_code=cells.agb_code("provider_code"),
        provider=cells.text("provider", LONGEST_NAME, required=True),
        code=cells.text("offer_code", LONGEST_CODE, required=True),
        facts=OfferFacts(
            title=cells.text("offer", LONGEST_NAME, required=True),
            care_form=cells.choice("care_form", OfferedForm) or OfferedForm.TAILORED,
            target_group=cells.text("target_group", LONGEST_TEXT),
            age_from=age_from,
            age_to=OLDEST if age_to is None else age_to,
            municipalities=cells.municipalities("municipalities", municipalities),
            free=cells.yes_or_no("free"),
            places=cells.whole("places", 0, MOST_PLACES),
            starts_on=starts_on,
            ends_on=ends_on,
            mark=cells.choice("mark", DataMark, required=False) or DataMark.REAL,
        ),
        wait=_wait(cells, today),
    )


def _wait(cells: Cells, today: date) -> WaitFacts | None:
    days = cells.whole("wait_days", 0, LONGEST_WAIT)
    until = cells.choice("wait_until", WaitUntil, required=False) or WaitUntil.START
    stated_on = cells.day("wait_on")
    source = cells.choice("wait_source", WaitSource, required=False)
    place = cells.text("wait_place", LONGEST_TEXT)
    if not cells.filled("wait_days"):
        for column in ("wait_on", "wait_source", "wait_until", "wait_place"):
            if cells.filled(column):
                cells.report("origin_without_wait", "wait_days")
                break
        return None
    if not (cells.filled("wait_on") and cells.filled("wait_source")):
        cells.report("wait_without_origin", "wait_days")
        return None
    if days is None or stated_on is None or source is None:
        return None
    if stated_on > today:
        cells.report("day_ahead", "wait_on", found=stated_on.isoformat())
    return WaitFacts(days, until, stated_on, source, place)


def _check_together(rows: Sequence[OfferRow], findings: Findings) -> None:
    """What is wrong between two rows: an offer twice, a provider with two names."""
    _first(rows, lambda row: row.key, lambda row, first: findings.add(
        "offer_twice", f"line {row.line}", first=first.line))  # fmt: skip

    def check_name(row: OfferRow, first: OfferRow) -> None:
        if row.provider != first.provider:
            findings.add("provider_two_names", f"line {row.line}, provider", first=first.line)

    _first(rows, lambda row: row.provider_code, check_name)


def _first(
    rows: Sequence[OfferRow],
    key: Callable[[OfferRow], object],
    report: Callable[[OfferRow, OfferRow], None],
) -> None:
    """Tells of every row that shares its key with an earlier one; empty cells are told already."""
    seen: dict[object, OfferRow] = {}
    for row in rows:
        if not (row.provider_code and row.code):
            continue
        if key(row) in seen:
            report(row, seen[key(row)])
        seen.setdefault(key(row), row)
