"""Taking measurements of a pilot on a terminal. Imported once Django is set up."""

import json
from dataclasses import asdict

import typer
from django.utils import timezone

from vliegwiel.apps.decisions import services as decisions
from vliegwiel.apps.pilots import MeasurementsRefused, NotRegistered, queries, services
from vliegwiel.apps.pilots.queries import Channel, PilotsWanted
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.kernel import Fault

from .language import gettext as _
from .language import ngettext
from .loading import Refused, TablesLagBehind, region_called, require_tables

__all__ = ["Refused", "TablesLagBehind", "outcome_called", "require_tables", "take"]


def outcome_called(region: str, pilot: str, outcome: str) -> queries.Outcome:
    """The outcome that somebody means; without a name the main one. Raises Refused without it."""
    place = region_called(region, b"")
    rows = queries.find_pilots(place, PilotsWanted(), today=timezone.localdate())
    wanted = pilot.strip().casefold()
    found = [one for one in rows[:] if wanted in {str(one.id), one.title.casefold()}]
    if len(found) != 1:
        titles = ", ".join(f"{one.id} ({one.title})" for one in rows[:20]) or _("none")
        words = _("There is no pilot “%(name)s” in this region. There are: %(titles)s.")
        raise Refused(words % {"name": pilot, "titles": titles})
    plan = queries.plan_of(found[0].id)
    assert plan is not None, "just found"
    named = [one for one in plan.outcomes if outcome in {str(one.id), one.indicator}]
    chosen = named[:1] if outcome else plan.outcomes[:1]
    shown = queries.outcome_of(place, plan.id, chosen[0].id) if chosen else None
    if shown is None:
        known = ", ".join(f"{one.id} ({one.indicator})" for one in plan.outcomes) or _("none")
        words = _("The pilot has no outcome “%(name)s”. There are: %(known)s.")
        raise Refused(words % {"name": outcome, "known": known})
    return shown


def take(
    outcome: queries.Outcome, name: str, content: bytes, *, correct: bool, as_json: bool
) -> None:
    """Takes the table and keeps the evidence; prints what came of it. Raises Refused."""
    by = system_user()
    try:
        taken = services.take_file(
            outcome_id=outcome.id,
            content=content,
            name=name,
            channel=Channel.FILE,
            correct=correct,
            by=by,
        )
    except NotRegistered:
        raise Refused(_("The plan of this pilot is not registered yet.")) from None
    except MeasurementsRefused as refused:
        raise Refused(*map(_told, refused.faults)) from refused
    if taken.delivery is not None:
        decisions.keep_evidence(outcome_id=outcome.id, by=by)
    missing = [one.key for one in queries.measured_by_group(outcome.id) if not one.rows]
    if as_json:
        typer.echo(json.dumps({"outcome": outcome.id, **asdict(taken), "missing": missing}))
        return
    words = ngettext(
        "%(added)d measurement of “%(name)s” added, %(corrected)d corrected, %(unchanged)d were "
        "there already.",
        "%(added)d measurements of “%(name)s” added, %(corrected)d corrected, %(unchanged)d were "
        "there already.",
        taken.added,
    )
    typer.echo(words % {**asdict(taken), "name": outcome.name})
    if missing:
        typer.echo(_("Nothing came in of: %(groups)s.") % {"groups": ", ".join(missing)})


def _told(fault: Fault) -> str:
    """A fault with its line and column."""
    column = queries.heading_of(fault)
    _word, _space, line = fault.path.partition("line ")
    if not line:
        return fault.message
    here = _("line %(line)s, column %(column)s: %(what)s")
    words = here if column else _("line %(line)s: %(what)s")
    return words % {"line": line, "column": column, "what": fault.message}
