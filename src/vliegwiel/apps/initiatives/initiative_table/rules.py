"""Every rule of a table of initiatives, as a table."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.sheets import SEE_COLUMNS, SHEET_RULES
from vliegwiel.apps.figures.text_files import CELL_RULES, CORRECT_CELL, FILE_RULES

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        *SHEET_RULES,
        *CELL_RULES,
        Rule.error("no_rows", _("The file has a heading but no initiatives."), SEE_COLUMNS),
        Rule.error(
            "word_unknown",
            _("'%(found)s' is not a word of the catalogue for this column."),
            _("Use the words of the catalogue or their keys; put | between two."),
        ),
        Rule.error(
            "insight_unknown",
            _("The region has no insight with number '%(found)s'."),
            CORRECT_CELL,
        ),
        Rule.error(
            "initiative_twice",
            _("The same title stands on line %(first)s."),
            _("Remove one of the two, or give one another title."),
        ),
        Rule.error(
            "leads_to_a_person",
            _("Something in this text could lead to a person."),
            _("Write about groups only."),
        ),
    ]
)
