"""Figure and tables of what the Youth Act regulation asks."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.science.trajectories import TOTAL, Clock, QuarterRow, WaitingOverview
from vliegwiel.web import charts, notation
from vliegwiel.web.components import Column, Download, FigureBlock, Table

from . import words


def articles_table() -> Table:
    """What each article asks, and what of it messages tell."""
    columns = (
        Column(_("Article")),
        Column(_("What it asks")),
        Column(_("From care messages")),
        Column(_("Not from care messages")),
    )
    rows = [
        (
            "8f",
            _("Each assignment, without name or number: provider, municipality, year of birth, "
              "referrer, form, days, amount and volume"),
            _("All of these fields, where the messages tell them"),
            _("Help for which no assignment is sent"),
        ),
        (
            "8g",
            _("Each quarter, by provider and form: how many wait, and an estimate by the provider "
              "of how long the wait is"),
            _("How many assignments wait for a start, and for how long so far"),
            _("The estimate of the provider, and who waits without an assignment"),
        ),
        (
            "8h",
            _("We could not establish from our sources which data it asks"),
            _("Nothing"),
            _("Everything"),
        ),
    ]  # fmt: skip
    return Table(_("What the regulation asks, by article"), columns, rows)


def columns_table() -> Table:
    """From what each column of the file of assignments comes, and when it is empty."""
    columns = (Column(_("Data")), Column(_("In the file")), Column(_("When it is empty or unsure")))
    never = _("Always filled")
    rows = [
        (_("Provider and municipality"), "provider, municipality", never),
        (_("Youth"), "youth",
         _("Always filled, by a pseudonym that stands nowhere else in Vliegwiel")),
        (_("Year of birth"), "birth_year", _("Where the messages do not tell the day of birth")),
        (_("Referrer"), "referrer",
         _("Without a request of the provider it is presumed: then :presumed stands behind it")),
        (_("Form of care"), "form",
         _("Crisis help, tailored help and national contracts do not tell their form")),
        (_("Days of decision and intended start"), "decided, intended_start", never),
        (_("Start"), "start", _("Where the provider sent no start and no stop")),
        (_("End and reason"), "end, reason", _("As long as the help goes on, or no stop was sent")),
        (_("Amount"), "cents",
         _("Where nothing was declared. What an assignment may cost is told by too few messages")),
        (_("Volume"), "volume, unit, frequency",
         _("Where the assignment was given without a volume")),
    ]  # fmt: skip
    return Table(_("The fields of the assignments, and what is missing"), columns, rows)


def forms_block(
    region: Any, overview: WaitingOverview, quarter: Sequence[QuarterRow]
) -> FigureBlock:
    """Who waits at the end of the quarter, by form."""
    lines = [row for row in quarter if row.provider == TOTAL]
    lines.sort(key=lambda row: (row.form != TOTAL, -(row.waiting or 0), row.form))
    total = next((row.waiting for row in lines if row.form == TOTAL), None)
    title = _("Too few youths wait to be shown")
    if total is not None:
        title = _("%(count)s waits on %(day)s") % {
            "count": notation.number(total), "day": notation.day(overview.on),
        }  # fmt: skip
    address = reverse("care_regulation_csv", args=[region.slug])
    return FigureBlock(
        id="quarter",
        title=title,
        what=_("Assignments without a start on the last day of the quarter, by form of care. Half "
               "of them wait for as many days or less."),
        chart=_chart(lines),
        table=Table(
            _("Who waits at the end of the quarter, by form of care"),
            (Column(_("Form of care")), Column(_("Waits"), "number"), _days()),
            [(_form(row), row.waiting, row.median_days) for row in lines],
        ),
        quality=words.quality_of(overview.label),
        source=words.source_of(overview.on),
        clock=str(words.CLOCKS[Clock.W7][0]),
        date=notation.day(overview.on),
        how=_how(),
        downloads=(
            Download(
                _("Download all rows of this quarter (CSV)"), f"{address}?bekend={overview.on}"
            ),
        ),
        heading=3,
    )  # fmt: skip


def shown_by_provider(quarter: Sequence[QuarterRow]) -> list[QuarterRow]:
    """The rows of providers of which a count may be shown."""
    return [row for row in quarter if row.provider != TOTAL and row.waiting is not None]


def providers_table(names: words.Names, rows: Sequence[QuarterRow]) -> Table:
    """Who waits at which provider for which form."""
    columns = (
        Column(_("Provider")), Column(_("Form of care")), Column(_("Waits"), "number"), _days(),
    )  # fmt: skip
    cells = [
        (names.provider(row.provider), _form(row), row.waiting, row.median_days) for row in rows
    ]
    return Table(_("Who waits at the end of the quarter, by provider"), columns, cells)


def _days() -> Column:
    return Column(_("Days so far (median)"), "number")


def _form(row: QuarterRow) -> str:
    return _("All together") if row.form == TOTAL else str(words.FORMS.get(row.form, row.form))


def _chart(lines: Sequence[QuarterRow]) -> str:
    rows = [
        charts.CompareRow(
            _form(row),
            float(row.waiting),
            region_text=_("%(count)s (%(days)s days)")
            % {
                "count": notation.number(row.waiting),
                "days": notation.number(row.median_days),
            },
        )
        for row in lines
        if row.waiting is not None
    ]
    if not rows:
        return ""
    return charts.compare_bars(
        rows, region_name="", national_name="", language=get_language() or "nl", decimals=0, unit=""
    )


def _how() -> list[str]:
    return [
        _("An assignment waits as long as no start is known. The days are those from the decision "
          "until the end of the quarter. They are no estimate of how long somebody new will wait: "
          "that estimate the provider makes."),
        _("Who waits for two forms, or at two providers, counts twice in the total."),
        _("Counts below ten youths are hidden, and so are others from which they would follow, "
          "also beside the waiting times that everybody in the region sees. Providers with fewer "
          "than ten youths are taken together."),
    ]  # fmt: skip
