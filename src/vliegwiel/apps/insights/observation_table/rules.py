"""Every rule of a table of observations, as a table."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.sheets import SEE_COLUMNS, SHEET_RULES
from vliegwiel.apps.figures.text_files import CELL_RULES, CORRECT_CELL, FILE_RULES

#: The rule that whoever wrote the texts may overrule, by saying that nobody can be found in them.
PERSON_IN_TEXT = "person_in_text"

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        *SHEET_RULES,
        *CELL_RULES,
        Rule.error("no_rows", _("There is no observation in it."), SEE_COLUMNS),
        Rule.error(
            "day_ahead",
            _("The day %(found)s has not come yet."),
            _("Write the day on which it was heard or read."),
        ),
        Rule.error(
            "observation_twice",
            _("The same text stands on line %(first)s."),
            _("Remove one of the two."),
        ),
        Rule.error(
            PERSON_IN_TEXT,
            _("This text could lead to a person. It holds %(found)s."),
            _("Write it otherwise, or confirm below that nobody can be found in these texts."),
        ),
        Rule.error("no_lines", _("There is nothing to keep."), CORRECT_CELL),
    ]
)
