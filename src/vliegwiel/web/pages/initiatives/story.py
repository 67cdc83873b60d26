"""All that stands on the page of one initiative."""

from typing import Any

from django.utils import timezone

from vliegwiel.apps.agenda import queries as agenda
from vliegwiel.apps.decisions import queries as decisions
from vliegwiel.apps.initiatives import PROPOSAL_TEXTS, queries
from vliegwiel.apps.initiatives.queries import InitiativeLine
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.regions import rights

from .forecasts import forecasts_of
from .hypothesis_words import said


def one_page(region: Any, line: InitiativeLine, user: Any) -> dict[str, Any]:
    """The initiative with its proposal, hypothesis, forecasts, records and what is like it."""
    proposal, records = queries.proposal_now(line.id), queries.records_of(line.id)
    requirements = queries.requirements(proposal)
    return {
        "line": line,
        "detail": queries.detail_of(line),
        "proposal": proposal,
        "proposal_lines": [
            (queries.PROPOSAL_LABELS[name], proposal.texts[name])
            for name in PROPOSAL_TEXTS
            if proposal.texts[name]
        ],
        "requirements": requirements,
        "met": sum(one.is_met for one in requirements),
        "hypothesis": said(region, queries.hypothesis_now(line.id)),
        "forecasts": forecasts_of(region, line.id),
        "records": records,
        "assessments": queries.assessments_of(line.id),
        "may_assess": rights.may(user, "instruments.edit", region),
        "transfer_written": sum(bool(one.text) for one in records.transfer),
        "next_steps": queries.next_steps(line.id, user),
        "similar": similar_of(line, user),
        "on_agenda": agenda.items_of_initiative(region, line.id),
        "pilots": pilots.pilots_of(line.id),
        "may_plan": line.stage in pilots.PLANNED_IN and rights.may(user, "pilots.edit", region),
        "today": timezone.localdate(),
        "origin": decisions.came_from(line.id),
        "taken_over": decisions.taken_over_by(line.id),
        "may_change": queries.may_change(line.id, user),
        "may_edit": rights.may(user, "initiatives.edit", region),
        "may_run": rights.may(user, "forecast.run", region),
    }


def similar_of(line: InitiativeLine, user: Any) -> Any:
    """What `user` may see that is like this initiative."""
    return queries.similar_to(
        user,
        f"{line.title} {line.summary}",
        themes=[label.key for label in line.themes],
        weight=line.weight,
        without=line.id,
    )
