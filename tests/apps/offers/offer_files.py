"""Tables of offers as a region would make them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from vliegwiel.apps.offers.offer_table import COLUMNS

ROW: Mapping[str, str] = {
    "provider_code": "01234567",
    "provider": "De Beuk",
    "offer_code": "amb",
    "offer": "Gezinshulp thuis",
    "care_form": "own_network",
    "target_group": "gezinnen",
    "age_from": "4",
    "age_to": "12",
    "municipalities": "Zwolle|0150",
    "free": "yes",
    "places": "20",
    "wait_days": "42",
    "wait_until": "start",
    "wait_on": "2026-03-01",
    "wait_source": "stated",
    "wait_place": "https://www.debeuk.example/wachttijd",
}


def row(**changed: str) -> dict[str, str]:
    return {**ROW, **changed}


def without_wait(**changed: str) -> dict[str, str]:
    empty = {name: "" for name in ROW if name.startswith("wait_")}
    return {**ROW, **empty, **changed}


def csv_of(rows: Sequence[Mapping[str, str]], *, dutch: bool = False) -> bytes:
    """As programs write it; or as a Dutch spreadsheet does, with Dutch headings."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if dutch else ",")
    writer.writerow([column.heading if dutch else name for name, column in COLUMNS.items()])
    writer.writerows([[item.get(name, "") for name in COLUMNS] for item in rows])
    return out.getvalue().encode("utf-8-sig" if dutch else "utf-8")


def _cell(place: str, value: str | int) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def excel_of(cells: Sequence[Sequence[str | int]]) -> bytes:
    """A workbook of one sheet, with numbers as numbers."""
    lines = []
    for number, line in enumerate(cells, start=1):
        written = "".join(_cell(f"{chr(65 + place)}{number}", v) for place, v in enumerate(line))
        lines.append(f'<row r="{number}">{written}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
        '<sheet name="Aanbod" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}'
        "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
