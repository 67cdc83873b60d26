"""Every rule of a table of offers, as a table."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.sheets import SEE_COLUMNS, SHEET_RULES
from vliegwiel.apps.figures.text_files import CELL_RULES, CORRECT_CELL, FILE_RULES

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        *SHEET_RULES,
        Rule.error("no_rows", _("The file has a heading but no offers."), SEE_COLUMNS),
        *CELL_RULES,
        Rule.error(
            "not_an_agb_code",
            _("'%(found)s' is not an AGB code: that has eight digits."),
            _("Write the eight digits, also the zeros in front."),
        ),
        Rule.error(
            "ages_reversed",
            _("The age up to which it is offered lies below the age from which."),
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
