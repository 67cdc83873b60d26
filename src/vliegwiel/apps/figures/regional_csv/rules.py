"""Every rule of a file with regional figures, as a table."""

from collections.abc import Mapping

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.text_files import FILE_RULES

LONGEST_TEXT = 1_000

_FETCH_AGAIN = "Fetch the file again and load it as it is."
_LOOK_AT_EXAMPLE = "Compare the file with one that ships with Vliegwiel."
_CORRECT_CELL = "Correct this cell and load the file again."

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        Rule.error(
            "not_csv", "The file cannot be read as CSV at line %(line)s.", _LOOK_AT_EXAMPLE
        ),
        Rule.error("column_missing", "The column '%(column)s' is missing.", _LOOK_AT_EXAMPLE),
        Rule.error(
            "column_unknown", "The column '%(column)s' is not known.", _LOOK_AT_EXAMPLE
        ),
        Rule.error("column_twice", "The column '%(column)s' stands twice.", _LOOK_AT_EXAMPLE),
        Rule.error("no_rows", "The file has a heading but no figures.", _FETCH_AGAIN),
        Rule.error(
            "wrong_number_of_cells",
            "The line has %(found)s cells; the heading has %(expected)s.",
            "Put quotation marks round texts that hold a comma.",
        ),
        Rule.error("empty_cell", "This cell may not be empty.", _CORRECT_CELL),
        Rule.error("text_too_long", "The text has more than %(limit)s characters.", _CORRECT_CELL),
        Rule.error("unreadable_character", "The cell holds a character that is no text.",
                   _CORRECT_CELL),
        Rule.error("unknown_value", "'%(found)s' is not one of: %(known)s.", _CORRECT_CELL),
        Rule.error(
            "not_a_number",
            "'%(found)s' is not a number such as 13450 or 8.5.",
            "Write the number with a point, without thousands separators or a percent sign.",
        ),
        Rule.error("negative", "A figure cannot be negative: %(found)s.", _CORRECT_CELL),
        Rule.error("too_large_number", "%(found)s is too large for a figure.", _CORRECT_CELL),
        Rule.error(
            "share_above_hundred", "A share cannot be more than 100 percent: %(found)s.",
            _CORRECT_CELL,
        ),
        Rule.error(
            "not_whole", "A count must be a whole number: %(found)s.", _CORRECT_CELL
        ),
        Rule.error(
            "period_invalid",
            "'%(found)s' is not a period: a year (2022), a half year (2022H1) "
            "or a day (2020-12-31).",
            _CORRECT_CELL,
        ),
        Rule.error(
            "age_invalid",
            "'%(found)s' is not an age band such as 0-22, nor 'all'.",
            _CORRECT_CELL,
        ),
        Rule.error(
            "other_region",
            "The figure is about '%(found)s'; this file is loaded for %(known)s.",
            "Load the file for the region it is about.",
        ),
        Rule.error(
            "source_unknown",
            "The source '%(found)s' is not in the bibliography.",
            "Use the key of a source that is, or have the source added.",
        ),
        Rule.error(
            "duplicate_figure",
            "The same figure stands on line %(first)s.",
            "Remove one of the two.",
        ),
        Rule.error(
            "note_in_one_language",
            "The note stands in one language only.",
            "Write the note in Dutch and in English, or leave both empty.",
        ),
        Rule.error(
            "calculated_without_note",
            "A calculated figure needs a note that says how.",
            "Write in the note what was calculated from what.",
        ),
    ]
)  # fmt: skip
