"""What can be wrong with any table that is read from CSV or Excel."""

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule
from vliegwiel.apps.figures.text_files import CORRECT_CELL

SEE_COLUMNS = _("Compare the heading with the list of columns on the page where you load.")

SHEET_RULES: tuple[Rule, ...] = (
    Rule.error(
        "not_a_table", _("The file cannot be read as a table at line %(line)s."), SEE_COLUMNS
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
    Rule.error("column_missing", _("The column '%(column)s' is missing."), SEE_COLUMNS),
    Rule.error("column_unknown", _("The column '%(column)s' is not known."), SEE_COLUMNS),
    Rule.error("column_twice", _("The column '%(column)s' stands twice."), SEE_COLUMNS),
    Rule.error(
        "not_a_day",
        _("'%(found)s' is not a day such as 2026-11-22 or 22-11-2026."),
        CORRECT_CELL,
    ),
    Rule.error(
        "not_a_whole_number",
        _("'%(found)s' is not a whole number from %(low)s to %(high)s."),
        CORRECT_CELL,
    ),
)
