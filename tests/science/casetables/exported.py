"""What a case system would export of trajectories: a table with a row for each course of help."""

import csv
import io
from collections.abc import Mapping, Sequence

from vliegwiel.science.casetables import Role, TableMapping

HEADINGS = (
    "Jeugdige ID", "Gemeente", "Voorziening", "Aanbieder", "Toewijzingsdatum", "Toewijzingsnummer",
    "Geboortedatum", "Ingangsdatum", "Toewijzing einddatum", "Start zorg", "Einddatum",
    "Reden beëindiging", "Verwijzer", "Aanvraagdatum",
)  # fmt: skip
ROLES = (
    Role.YOUTH, Role.MUNICIPALITY, Role.PRODUCT, Role.PROVIDER, Role.ASSIGNED, Role.NUMBER,
    Role.BORN, Role.FROM, Role.UNTIL, Role.START, Role.END, Role.REASON, Role.REFERRER,
    Role.REQUESTED,
)  # fmt: skip
ROW = (
    "kind-17", "0193", "AMB", "12345678", "03-02-2026", "", "14-05-2012", "10-02-2026", "",
    "12-02-2026", "", "", "huisarts", "20-01-2026",
)  # fmt: skip
CODES = {Role.PRODUCT: {"AMB": "45"}, Role.REFERRER: {"huisarts": "02"}}


def mapping(**changes: object) -> TableMapping:
    given = {
        "headings": HEADINGS,
        "columns": dict(zip(ROLES, HEADINGS, strict=True)),
        "ids": "own",
        "codes": CODES,
        **changes,
    }
    return TableMapping.model_validate(given)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> bytes:
    """A CSV as a Dutch spreadsheet writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return text.getvalue().encode("utf-8-sig")


def row(**changes: str) -> tuple[str, ...]:
    """The usual row with other values, by role."""
    return changed(ROW, {Role(role): value for role, value in changes.items()})


def changed(cells: Sequence[str], values: Mapping[Role, str]) -> tuple[str, ...]:
    return tuple(values.get(role, cell) for role, cell in zip(ROLES, cells, strict=True))
