"""Every rule of a saved table of StatLine."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Rule, table
from vliegwiel.apps.figures.text_files import FILE_RULES

_FETCH_AGAIN = _("Fetch the table again with “vliegwiel figures cbs” and load it as it is.")
_ADD_WORD = _("These cells are left out. Add the title to the words of StatLine to load them.")

RULES: Mapping[str, Rule] = table(
    [
        *FILE_RULES,
        Rule.error("not_saved_table", _("This is not a saved table of StatLine."), _FETCH_AGAIN),
        Rule.error(
            "wrong_shape", _("The saved table is damaged at “%(place)s”: %(why)s."), _FETCH_AGAIN
        ),
        Rule.error(
            "table_unknown",
            _("Vliegwiel does not read table %(found)s, but only: %(known)s."),
            _("Choose one of these tables."),
        ),
        Rule.error(
            "no_place",
            _("The table has no figures of this region: it holds %(found)s."),
            _("Fetch the table for the region it is loaded for."),
        ),
        Rule.error(
            "nothing_known",
            _("None of the cells could be read: CBS may have changed its titles."),
            _FETCH_AGAIN,
        ),
        Rule.error(
            "cell_twice", _("The same figure stands in the table twice: %(found)s."), _FETCH_AGAIN
        ),
        Rule.error(
            "cell_impossible",
            _("A cell holds what cannot be: %(found)s for %(about)s."),
            _FETCH_AGAIN,
        ),
        Rule.error(
            "code_unknown", _("A cell names the code “%(found)s”, which the table does not have."),
            _FETCH_AGAIN,
        ),
        Rule.warning("title_unknown", _("The title “%(found)s” is not known: %(cells)s cells."),
                     _ADD_WORD),
        Rule.warning(
            "period_unknown",
            _("The period “%(found)s” is no year and no half year: %(cells)s cells."),
            _("These cells are left out."),
        ),
        Rule.warning(
            "not_shown",
            _("CBS shows no number in %(cells)s cells: unknown, shielded or impossible."),
            _("Nothing has to be done: they are not filled in."),
        ),
    ]
)  # fmt: skip
