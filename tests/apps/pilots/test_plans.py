"""A plan is a draft, then registered, then frozen: by the services and by the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots import (
    ChangedMeanwhile,
    Frozen,
    NotRegistered,
    OutcomeFacts,
    PilotRefused,
    PlanFacts,
    services,
)
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.pilots.queries import plan_of
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.services import system_user


def test_a_draft_may_lack_nearly_everything_but_is_not_registered(
    initiative: int, manager: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=PlanFacts(title="Later"), by=manager)
    with pytest.raises(PilotRefused) as refused:
        services.register(pilot_id=draft.pk, by=manager)
    assert set(refused.value.problems) == {
        *("starts_on", "ends_on", "design", "tuning_size", "analysis", "stop_rule"),
        *("groups", "outcomes"),
    }


def test_two_people_cannot_change_one_draft_unseen(
    initiative: int, facts: PlanFacts, lead: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=facts, by=lead)
    services.redraft(
        pilot_id=draft.pk, facts=replace(facts, groups=facts.groups[:1]), seen=1, by=lead
    )
    with pytest.raises(ChangedMeanwhile):
        services.redraft(pilot_id=draft.pk, facts=facts, seen=1, by=lead)
    plan = plan_of(draft.pk)
    assert plan is not None
    assert [group.key for group in plan.groups] == ["met"]


def test_what_cannot_be_registered(initiative: int, facts: PlanFacts, manager: User) -> None:
    soon = {"starts_on": date(2030, 1, 1), "ends_on": date(2031, 1, 1)}
    for changed, field in (
        ({"starts_on": date(2025, 1, 1)}, "starts_on"),
        ({**soon, "groups": facts.groups[:1]}, "groups"),
        ({**soon, "groups": facts.groups[1:]}, "groups"),
        ({**soon, "lot": "order"}, "lot"),
    ):
        changed_facts = replace(facts, title=f"{field} {len(changed)} {changed}"[:200], **changed)
        draft = services.draft(initiative_id=initiative, facts=changed_facts, by=manager)
        with pytest.raises(PilotRefused) as refused:
            services.register(pilot_id=draft.pk, by=manager)
        assert set(refused.value.problems) == {field}, changed


@pytest.mark.parametrize("stage", ["idea", "proposal", "paused", "stopped"])
def test_a_plan_is_drafted_and_registered_only_where_the_region_explores(
    initiative: int, facts: PlanFacts, manager: User, stage: str
) -> None:
    soon = replace(facts, starts_on=date(2130, 1, 1), ends_on=date(2131, 1, 1))
    draft = services.draft(initiative_id=initiative, facts=soon, by=manager)
    Initiative.objects.filter(pk=initiative).update(stage=stage)
    with pytest.raises(PilotRefused) as refused:
        services.draft(initiative_id=initiative, facts=replace(soon, title="B"), by=manager)
    assert set(refused.value.problems) == {"stage"}
    with pytest.raises(PilotRefused) as refused:
        services.register(pilot_id=draft.pk, by=manager)
    assert set(refused.value.problems) == {"stage"}


def test_what_cannot_be_drafted(initiative: int, facts: PlanFacts, lead: User) -> None:
    (outcome,) = facts.outcomes
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"title": ""}, "title"),
        ({"alpha": 0.5}, "alpha"),
        ({"design": "hunch"}, "design"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"groups": (*facts.groups, facts.groups[0])}, "groups"),
        ({"outcomes": (replace(outcome, smallest_relevant=0.0),)}, "outcomes"),
        ({"outcomes": (replace(outcome, expected=1.0),)}, "outcomes"),
        ({"outcomes": (OutcomeFacts(version=0, smallest_relevant=1.0),)}, "outcomes"),
    )
    for changed, field in wrong:
        with pytest.raises(PilotRefused) as refused:
            services.draft(
                initiative_id=initiative,
                facts=replace(facts, **changed),  # type: ignore[arg-type]
                by=lead,
            )
        assert set(refused.value.problems) == {field}, changed


def test_a_registered_plan_is_frozen_by_the_service(
    pilot: Pilot, facts: PlanFacts, manager: User
) -> None:
    with pytest.raises(Frozen):
        services.redraft(pilot_id=pilot.pk, facts=facts, seen=1, by=manager)
    services.register(pilot_id=pilot.pk, by=manager)
    plan = plan_of(pilot.pk)
    assert plan is not None
    assert plan.untouched
    assert len(plan.fingerprint) == 64


def test_a_registered_plan_is_frozen_by_the_database(pilot: Pilot) -> None:
    for statement in (
        "UPDATE pilots_pilot SET alpha = 0.1",
        "DELETE FROM pilots_pilot",
        "UPDATE pilots_pilotgroup SET treated = TRUE, starts_on = NULL",
        "DELETE FROM pilots_pilotgroup",
        "UPDATE pilots_plannedoutcome SET smallest_relevant = 0.1",
        "DELETE FROM pilots_plannedoutcome",
        "INSERT INTO pilots_pilotgroup (pilot_id, key, name, municipality, treated)"
        f" VALUES ({pilot.pk}, 'x', 'x', '', TRUE)",
    ):
        with (
            pytest.raises(DatabaseError, match="a registered plan never changes"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_part_that_changes_holds_its_draft(initiative: int, facts: PlanFacts, lead: User) -> None:
    """Somebody who registers meanwhile waits, so that nothing gets into a registered plan."""
    draft = services.draft(initiative_id=initiative, facts=facts, by=lead)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE pilots_pilotgroup SET name = name || '.'")
        with pytest.raises(DatabaseError, match="could not obtain lock"), transaction.atomic():
            Pilot.objects.select_for_update(nowait=True, no_key=True).get(pk=draft.pk)
        other.rollback()
        with transaction.atomic():
            Pilot.objects.select_for_update(nowait=True, no_key=True).get(pk=draft.pk)
    finally:
        other.close()


def test_changes_afterwards_are_amendments(
    pilot: Pilot, initiative: int, manager: User, lead: User
) -> None:
    words = {"subject": "end", "was": "1 februari", "becomes": "1 mei", "reason": "Te weinig"}
    services.amend(pilot_id=pilot.pk, **words, by=manager)
    services.amend(pilot_id=pilot.pk, **words, by=manager)
    plan = plan_of(pilot.pk)
    assert plan is not None
    assert [(one.number, one.becomes) for one in plan.amendments] == [(1, "1 mei")]
    assert plan.untouched
    with pytest.raises(NotAllowed):
        services.amend(pilot_id=pilot.pk, **words, by=lead)
    draft = services.draft(initiative_id=initiative, facts=PlanFacts(title="B"), by=manager)
    with pytest.raises(NotRegistered):
        services.amend(pilot_id=draft.pk, **words, by=manager)
    with (
        pytest.raises(DatabaseError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE pilots_amendment SET reason = 'x'")


def test_only_who_may_registers(
    initiative: int, facts: PlanFacts, lead: User, reader: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=facts, by=lead)
    with pytest.raises(NotAllowed):
        services.register(pilot_id=draft.pk, by=lead)
    with pytest.raises(NotAllowed):
        services.draft(initiative_id=initiative, facts=facts, by=reader)


def test_only_the_system_registers_an_example_as_if_earlier(
    initiative: int, facts: PlanFacts, manager: User
) -> None:
    made = services.draft(initiative_id=initiative, facts=facts, by=manager)
    assert facts.starts_on is not None
    earlier, late = facts.starts_on - timedelta(days=20), facts.starts_on + timedelta(days=1)

    def registered(on: date, by: User) -> Pilot:
        return services.register_example(pilot_id=made.pk, on=on, by=by)

    # Not for what is no example, and for an example by nobody but the system, before its start.
    with pytest.raises(NotAllowed):
        registered(earlier, system_user())
    Initiative.objects.filter(pk=initiative).update(mark="example")
    with pytest.raises(NotAllowed):
        registered(earlier, manager)
    with pytest.raises(PilotRefused) as refused:
        registered(late, system_user())
    assert set(refused.value.problems) == {"starts_on"}
    found = registered(earlier, system_user())
    assert found.registered_at is not None
    assert timezone.localdate(found.registered_at) == earlier
    with pytest.raises(Frozen):
        registered(earlier, system_user())
