"""Figures of the offers: how forms are covered, and what is stated beside what is measured."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vliegwiel.apps.offers.queries import (
    ComparedWait,
    Comparison,
    Cover,
    Covering,
    CoveringCell,
    WaitUntil,
)
from vliegwiel.apps.trajectories.queries import WaitLine
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table, Toned
from vliegwiel.web.components.table import Value
from vliegwiel.web.templatetags.offers_words import wait_days

from . import words


def cover_block(region: Any, found: Covering) -> FigureBlock:
    """Every form in every municipality, with its gaps."""
    names = [name for _code, name in found.municipalities]
    rows = [charts.MatrixRow(row.label, [cell.cover for cell in row.cells]) for row in found.rows]
    return FigureBlock(
        id="cover",
        title=_cover_finding(found),
        what=_("Each row is a form of help, each column a municipality. %(signs)s.")
        % {"signs": words.legend()},
        chart=charts.matrix_chart(
            rows, columns=names, signs=words.matrix_signs(), language=get_language() or "nl"
        )
        if rows and names
        else "",
        table=_cover_table(found),
        source=_("The register of offers of the region"),
        date=notation.day(found.on),
        how=_cover_how(found),
        downloads=(
            Download(
                _("Download this table (CSV)"), reverse("offers_cover_csv", args=[region.slug])
            ),
        ),
        mark=found.mark,  # type: ignore[arg-type]
        heading=2,
    )


def _cover_finding(found: Covering) -> str:
    if not found.gaps:
        return _("No gap is known: every form can be had in every municipality")
    text = _(
        "In %(gaps)s of %(cells)s cells a form of help is missing, not freely usable or too late"
    )
    return text % {"gaps": notation.number(found.gaps), "cells": notation.number(found.cells)}


def _cover_table(found: Covering) -> Table:
    columns = [Column(_("Form of care")), *(Column(name) for _code, name in found.municipalities)]
    rows: list[Sequence[Value]] = [
        (row.label, *(_cover_cell(cell) for cell in row.cells)) for row in found.rows
    ]
    return Table(_("How every form of help is covered in every municipality"), columns, rows)


def _cover_cell(cell: CoveringCell) -> Toned:
    text = str(Cover(cell.cover).label)
    if cell.days is not None:
        text = _("%(cover)s: %(days)s") % {"cover": text, "days": wait_days(cell.days)}
    return Toned(text, words.SIGNS[cell.cover][2])


def _cover_how(found: Covering) -> list[str]:
    return [
        _("An offer counts in every municipality that it names, on the days for which it was "
          "registered. What is not in the register is not seen here."),
        _("Freely usable means: everybody who may refer can use it, without a separate "
          "permission."),
        _("The wait is the shortest that was said last of the offers that are freely usable, until "
          "the help starts. The norm of %(weeks)s weeks is agreed for insured mental health care "
          "(Treeknorm); it does not bind youth care.") % {"weeks": found.norm_days // 7},
        _("Whether there are enough places is not counted: one offer covers a municipality."),
    ]  # fmt: skip


def compare_block(region: Any, found: Comparison) -> FigureBlock:
    """What each provider states by form, beside the medians that messages tell."""
    columns = (
        Column(_("Provider and form")),
        Column(_("Stated (days)")),
        Column(_("Measured: this provider, all forms")),
        Column(_("Measured: this form, all providers")),
        Column(_("Clock of the messages")),
        Column(_("Why they differ")),
    )
    rows = [_compared(row) for row in found.rows]
    return FigureBlock(
        id="compare",
        title=_compare_finding(found),
        what=_("Days. Stated is what providers say themselves; measured is the median from care "
               "messages, with its interval, on the clock that comes nearest."),
        table=Table(_("Stated waits beside measured ones"), columns, rows),
        source=_("The register of offers of the region; care messages of the region"),
        date="" if found.known is None else _("messages as known on %(day)s")
        % {"day": notation.day(found.known)},
        how=_compare_how(),
        downloads=(
            Download(
                _("Download this table (CSV)"), reverse("offers_compare_csv", args=[region.slug])
            ),
        ),
        mark=found.mark,  # type: ignore[arg-type]
        heading=2,
    )  # fmt: skip


def _compare_finding(found: Comparison) -> str:
    beside = [row for row in found.rows if row.of_provider is not None]
    if not beside:
        return _("No stated wait has a measured one beside it yet")
    higher = sum(
        (row.of_provider.median or 0) > row.stated_high
        for row in beside
        if row.of_provider is not None
    )
    return _(
        "For %(higher)s of %(all)s stated waits half of the youths of that provider wait longer"
    ) % {"higher": notation.number(higher), "all": notation.number(len(beside))}


def _compared(row: ComparedWait) -> Sequence[Value]:
    stated = words.low_to_high(row.stated_low, row.stated_high)
    said = f"{', '.join(row.source_labels)}, {notation.day(row.stated_on)}"
    if row.until == WaitUntil.INTAKE:
        said = f"{row.until_label}; {said}"
    return (
        f"{row.provider}: {row.form_label}",
        f"{stated} ({said})",
        measured(row.of_provider),
        measured(row.of_form),
        None if row.clock is None else str(words.CLOCK_NAMES[row.clock]),
        ", ".join(str(words.REASONS[reason][0]) for reason in row.reasons),
    )


def measured(line: WaitLine | None) -> str | None:
    """A median with its interval; None for what is not shown."""
    if line is None or line.median is None:
        return None
    if line.median_low is None or line.median_high is None:
        return notation.number(line.median)
    between = notation.interval(line.median_low, line.median_high)
    return f"{notation.number(line.median)} ({between})"


def _compare_how() -> list[str]:
    return [
        _("What is stated says how long somebody waits who applies now. What is measured says how "
          "long youths waited in the last twelve months, those who still wait included."),
        _("No messages are counted anew here: every measured number stands in the published tables "
          "of waiting times. Those have no table of a provider by form, because with such a table "
          "small numbers of youths could be worked out from the others."),
        _("A stated wait until the start of help stands beside the clock from request to start "
          "where that is shown, else beside the clock from decision to start."),
    ]  # fmt: skip


def forms_block(found: Comparison) -> FigureBlock:
    """Every form with all its providers together; one at least has a measured wait."""
    columns = (
        Column(_("Form of care")),
        Column(_("Providers that state a wait"), "number"),
        Column(_("Stated (days)")),
        Column(_("Measured (days)")),
        Column(_("Clock of the messages")),
    )
    rows: list[Sequence[Value]] = [
        (
            row.label,
            row.providers,
            words.low_to_high(row.stated_low, row.stated_high),
            measured(row.measured),
            None if row.clock is None else str(words.CLOCK_NAMES[row.clock]),
        )
        for row in found.forms
    ]
    drawn = [row for row in found.forms if row.measured is not None]
    title = ngettext(
        "Of %(n)s form there is a measured wait beside the stated ones",
        "Of %(n)s forms there is a measured wait beside the stated ones",
        len(drawn),
    )
    return FigureBlock(
        id="forms",
        title=title % {"n": notation.number(len(drawn))},
        what=_("The bar is the measured median; the thin bar under it is the longest stated wait."),
        chart=charts.compare_bars(
            [
                charts.CompareRow(
                    row.label,
                    None if row.measured is None else row.measured.median,
                    row.stated_high,
                )
                for row in drawn
            ],
            region_name=_("measured"),
            national_name=_("stated"),
            language=get_language() or "nl",
            decimals=0,
            unit=" " + _("days"),
        ),
        table=Table(_("Stated and measured waits by form of care"), columns, rows),
        source=_("The register of offers of the region; care messages of the region"),
        mark=found.mark,  # type: ignore[arg-type]
        heading=2,
    )


def published_block(found: Comparison) -> FigureBlock:
    """What providers of the register publish on their own pages."""
    columns = (
        Column(_("Provider")),
        Column(_("Clock")),
        Column(_("Offers"), "number"),
        Column(_("Days, from shortest to longest")),
        Column(_("Measured: this provider, all forms")),
        Column(_("Clock of the messages")),
        Column(_("Said on"), "day"),
    )
    rows: list[Sequence[Value]] = [
        (row.provider, row.clock_label, row.offers, words.low_to_high(row.low, row.high),
         measured(row.measured), None if row.clock is None else str(words.CLOCK_NAMES[row.clock]),
         row.stated_on)
        for row in found.published
    ]  # fmt: skip
    return FigureBlock(
        id="published",
        title=_("What these providers publish on their own pages"),
        what=_("Read from the newest delivery of published waiting times, by the same name."),
        table=Table(_("Published waits of providers in the register"), columns, rows),
        how=[
            _(
                "Providers publish how long it takes until the intake, and from there to "
                "treatment. Messages know no intake. So we add both for each offer, and put beside "
                "it how long youths waited at that provider: from request to start, else from "
                "decision to start."
            ),
            _("A dash: too few youths to show, or the provider publishes one of the two clocks."),
        ],
        source=_("Websites of the providers"),
        heading=2,
    )
