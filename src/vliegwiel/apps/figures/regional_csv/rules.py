"""Every rule of a file with regional figures, as a table."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.text_files import CELL_RULES, CORRECT_CELL, FILE_RULES

LONGEST_TEXT = 1_000

_FETCH_AGAIN = _("Fetch the file again and load it as it is.")
_LOOK_AT_EXAMPLE = _("Compare the file with one that ships with Vliegwiel.")

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        Rule.error(
            "not_csv", _("The file cannot be read as CSV at line %(line)s."), _LOOK_AT_EXAMPLE
        ),
        Rule.error("column_missing", _("The column '%(column)s' is missing."), _LOOK_AT_EXAMPLE),
        Rule.error(
            "column_unknown", _("The column '%(column)s' is not known."), _LOOK_AT_EXAMPLE
        ),
        Rule.error("column_twice", _("The column '%(column)s' stands twice."), _LOOK_AT_EXAMPLE),
        Rule.error("no_rows", _("The file has a heading but no figures."), _FETCH_AGAIN),
        *CELL_RULES,
        Rule.error(
            "not_a_number",
            _("'%(found)s' is not a number such as 13450 or 8.5."),
            _("Write the number with a point, without thousands separators or a percent sign."),
        ),
        Rule.error("negative", _("A figure cannot be negative: %(found)s."), CORRECT_CELL),
        Rule.error("too_large_number", _("%(found)s is too large for a figure."), CORRECT_CELL),
        Rule.error(
            "share_above_hundred", _("A share cannot be more than 100 percent: %(found)s."),
            CORRECT_CELL,
        ),
        Rule.error(
            "not_whole", _("A count must be a whole number: %(found)s."), CORRECT_CELL
        ),
        Rule.error(
            "period_invalid",
            _("'%(found)s' is not a period: a year (2022), a half year (2022H1) "
            "or a day (2020-12-31)."),
            CORRECT_CELL,
        ),
        Rule.error(
            "age_invalid",
            _("'%(found)s' is not an age band such as 0-22, nor 'all'."),
            CORRECT_CELL,
        ),
        Rule.error(
            "other_region",
            _("The figure is about '%(found)s'; this file is loaded for %(known)s."),
            _("Load the file for the region it is about."),
        ),
        Rule.error(
            "source_unknown",
            _("The source '%(found)s' is not in the bibliography."),
            _("Use the key of a source that is, or have the source added."),
        ),
        Rule.error(
            "duplicate_figure",
            _("The same figure stands on line %(first)s."),
            _("Remove one of the two."),
        ),
        Rule.error(
            "note_in_one_language",
            _("The note stands in one language only."),
            _("Write the note in Dutch and in English, or leave both empty."),
        ),
        Rule.error(
            "calculated_without_note",
            _("A calculated figure needs a note that says how."),
            _("Write in the note what was calculated from what."),
        ),
    ]
)  # fmt: skip
