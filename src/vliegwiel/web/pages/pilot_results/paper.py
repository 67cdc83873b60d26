"""The dossier as PDF: texts go to Typst as data, never as markup."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.pilots.queries import PilotRow
from vliegwiel.web import notation
from vliegwiel.web.components import FigureBlock, Table
from vliegwiel.web.components.figure import MARK_LABELS

from .ladder import LadderWords
from .outcomes import OutcomePage

_TEMPLATE = Path(__file__).with_name("dossier.typ")


def dossier_pdf(
    region: Any,
    pilot: PilotRow,
    page: Mapping[str, Any],
    ladder: LadderWords,
    *,
    made_at: datetime,
) -> bytes:
    """The pages as PDF/UA-1, in the active language."""
    plan = page["plan"]
    document = {
        "language": (get_language() or "nl")[:2],
        "title": _("Dossier: %(pilot)s") % {"pilot": pilot.title},
        "mark": str(MARK_LABELS.get(pilot.mark, "")),
        "facts": [
            (_("Region"), region.name),
            (_("Initiative"), pilot.initiative_title),
            (_("Start"), notation.day(plan.starts_on)),
            (_("End"), notation.day(plan.ends_on)),
            (_("Registered on"), notation.day(plan.registered_at)),
            (_("Hash of the plan"), plan.fingerprint),
            (_("Made on"), notation.moment(made_at)),
        ],
        "outcomes": [_outcome(one) for one in page["outcomes"]],
        "nothing": _("There is no result yet"),
        "ladder": _ladder(ladder),
    }
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=made_at.replace(microsecond=0),
    )


def _outcome(outcome: OutcomePage) -> dict[str, Any]:
    grade = outcome.grade
    parts = [(_("What is lacking for hard evidence"), outcome.lacking)]
    parts += [(_("What stands in the way"), outcome.faults)]
    checks = [f"{check.label}: {check.sentence}" for check in outcome.checks]
    parts += [(_("What was looked at before this was believed"), checks)]
    parts += [(_("More for who knows statistics"), outcome.notes)]
    if grade is not None:
        title = _("How strong this design is: %(level)s of 5") % {"level": grade.level}
        parts += [(title, grade.reasons), (_("This would make it stronger:"), grade.stronger)]
    return {
        "name": outcome.name,
        "headline": outcome.headline,
        "verdict": outcome.verdict_label,
        "texts": [
            text
            for text in (
                *(outcome.caution, outcome.may, outcome.when, outcome.sureness),
                outcome.relevance,
            )
            if text
        ],
        "tables": [_table(figure) for figure in outcome.figures],
        "parts": [(title, list(lines)) for title, lines in parts if lines],
        "how_title": _("How was this computed?"),
        "how": list(outcome.how),
    }


def _table(figure: FigureBlock) -> dict[str, Any]:
    table: Table = figure.table
    rows: Sequence[Sequence[str]] = [
        [row.header, *(cell.text for cell in row.cells)] for row in table.body
    ]
    return {
        "title": figure.title,
        "what": figure.what,
        "source": f"{_('Source')}: {figure.source}. {figure.date}",
        "columns": [column.label for column in table.columns],
        "rows": rows,
        "picture": _picture(figure.chart),
        "alt": figure.what,
    }


def _picture(chart: str) -> str:
    """The wide one of the two drawings."""
    end = chart.find("</svg>")
    return chart[: end + len("</svg>")] if end >= 0 else ""


def _ladder(ladder: LadderWords) -> dict[str, Any]:
    parts = [
        (
            _("Which parts are written down already?"),
            [*ladder.written, *filter(None, [ladder.said])],
        ),
        (_("What the next step asks"), ladder.missing),
        (_("To know"), ladder.remarks),
    ]
    return {
        "title": _("The ladder of effective youth interventions"),
        "label": ladder.rung_label,
        "parts": [(title, list(lines)) for title, lines in parts if lines],
    }
