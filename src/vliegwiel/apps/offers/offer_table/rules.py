"""Every rule of a table of offers, as a table."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.text_files import CELL_RULES, CORRECT_CELL, FILE_RULES

_SEE_COLUMNS = _("Compare the heading with the list of columns on the page where you load.")

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        Rule.error(
            "not_a_table", _("The file cannot be read as a table at line %(line)s."), _SEE_COLUMNS
        ),
        Rule.error(
            "not_excel",
            _("The file cannot be read as an Excel file."),
            _("Save it as .xlsx or as CSV and load it again."),
        ),
        Rule.error(
            "too_many_rows",
            _("The table has more than %(limit)s rows."),
            _("Check that this is the right file."),
        ),
        Rule.error("column_missing", _("The column '%(column)s' is missing."), _SEE_COLUMNS),
        Rule.error("column_unknown", _("The column '%(column)s' is not known."), _SEE_COLUMNS),
        Rule.error("column_twice", _("The column '%(column)s' stands twice."), _SEE_COLUMNS),
        Rule.error("no_rows", _("The file has a heading but no offers."), _SEE_COLUMNS),
        *CELL_RULES,
        Rule.error(
            "not_an_agb_code",
            _("'%(found)s' is not an AGB code: that has eight digits."),
            _("Write the eight digits, also the zeros in front."),
        ),
        Rule.error(
            "not_a_whole_number",
            _("'%(found)s' is not a whole number from %(low)s to %(high)s."),
            CORRECT_CELL,
        ),
        Rule.error(
            "ages_reversed",
            _("The age up to which it is offered lies below the age from which."),
            CORRECT_CELL,
        ),
        Rule.error(
            "not_a_day",
            _("'%(found)s' is not a day such as 2026-11-22 or 22-11-2026."),
            CORRECT_CELL,
        ),
        Rule.error(
            "day_ahead",
            _("What was said on %(found)s cannot be known yet."),
            _("Write the day on which the wait was said, not the day on which it ends."),
        ),
        Rule.error("days_reversed", _("The last day lies before the first day."), CORRECT_CELL),
        Rule.error(
            "municipality_unknown",
            _("'%(found)s' is not a municipality of this region."),
            _("Write its name or its four digits as CBS does; put | between two."),
        ),
        Rule.error(
            "wait_without_origin",
            _("A wait needs the day on which it was said, and who says it."),
            _("Fill in both, or leave the wait empty."),
        ),
        Rule.error(
            "origin_without_wait",
            _("Here is told who says how long the wait is, but not how long it is."),
            _("Fill in the wait in days, or leave all cells about the wait empty."),
        ),
        Rule.error(
            "provider_two_names",
            _("This AGB code has another name on line %(first)s."),
            _("Give a provider one name in the whole file."),
        ),
        Rule.error(
            "offer_twice",
            _("The same offer of the same provider stands on line %(first)s."),
            _("Remove one of the two, or give one another code."),
        ),
    ]
)  # fmt: skip
