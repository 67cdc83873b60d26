"""Quarters, and what is wrong with a planning, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from vliegwiel.apps.agenda.planning import Quarter, Trouble


def quarter_words(quarter: Quarter | str | None) -> str:
    """A quarter as people say it; empty for none."""
    found = Quarter.read(quarter) if isinstance(quarter, str) else quarter
    if found is None:
        return ""
    return _("quarter %(number)s of %(year)s") % {"number": found.number, "year": found.year}


def span_words(starts: Quarter | None, ends: Quarter | None) -> str:
    """From the first to the last quarter; empty where none is planned."""
    if starts is None or ends is None or starts == ends:
        return quarter_words(starts or ends)
    if starts.year == ends.year and (starts.number, ends.number) == (1, 4):
        return _("the whole of %(year)s") % {"year": starts.year}
    words = {"first": quarter_words(starts), "last": quarter_words(ends)}
    return _("%(first)s to %(last)s") % words


def trouble_words(found: Trouble, titles: Mapping[str, str]) -> str:
    """What makes no sense in the planning, and what could be done about it."""
    names = [f"“{titles.get(key, key)}”" for key in found.items]
    if found.problem == "circle":
        sentence = _(
            "These items wait for each other, so none of them can begin: %(items)s. Take away one "
            "of the links."
        )
        return sentence % {"items": ", ".join(sorted(names))}
    if found.problem == "before":
        sentence = _(
            "%(item)s begins before %(needed)s is ready, which it needs. Move one of them."
        )
        return sentence % {"item": names[0], "needed": names[1]}
    if found.problem == "gone":
        return _("%(item)s needs something that is no longer on the agenda.") % {"item": names[0]}
    if found.problem == "backwards":
        return _("%(item)s ends before it begins.") % {"item": names[0]}
    return _("%(item)s has a first or a last quarter, and not both.") % {"item": names[0]}
