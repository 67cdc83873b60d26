"""Who may do what.

A person has a role in a region, and only there. Everything that is asked of the product, by page,
API or command, is asked of the same table.
"""

import pytest

from vliegwiel.apps.regions.rights import RIGHTS, Role


@pytest.mark.parametrize(
    ("right", "reader", "project_lead", "analyst", "programme_manager"),
    [
        ("region.view", "yes", "yes", "yes", "yes"),
        ("figures.load", "no", "no", "yes", "yes"),
        ("waiting_times.deliver", "no", "no", "yes", "yes"),
        ("offers.edit", "no", "no", "yes", "yes"),
        ("insights.prioritise", "no", "no", "no", "yes"),
        ("insights.edit", "no", "yes", "yes", "yes"),
        ("initiatives.propose", "no", "yes", "yes", "yes"),
        ("initiatives.edit", "no", "no", "no", "yes"),
        ("yardstick.edit", "no", "no", "yes", "yes"),
        ("targets.set", "no", "no", "no", "yes"),
        ("pilots.edit", "no", "yes", "yes", "yes"),
        ("pilots.register", "no", "no", "no", "yes"),
        ("measurements.add", "no", "yes", "yes", "yes"),
        ("decisions.take", "no", "no", "no", "yes"),
        ("agenda.edit", "no", "yes", "yes", "yes"),
        ("agenda.publish", "no", "no", "no", "yes"),
        ("care_system.load", "no", "no", "yes", "no"),
        ("scenario.edit", "no", "yes", "yes", "yes"),
        ("forecast.run", "no", "yes", "yes", "yes"),
        ("care_data.view", "no", "no", "yes", "yes"),
        ("care_data.deliver", "no", "no", "yes", "yes"),
        ("care_data.delete", "no", "no", "yes", "yes"),
        ("continuity.work", "no", "no", "yes", "yes"),
        ("checklist.edit", "no", "yes", "yes", "yes"),
        ("cases.review", "no", "yes", "yes", "yes"),
        ("instruments.edit", "no", "yes", "yes", "yes"),
        ("instruments.share", "no", "no", "no", "yes"),
    ],
)
def test_roles(
    right: str, reader: str, project_lead: str, analyst: str, programme_manager: str
) -> None:
    """Each role has these rights in its region, and no others."""
    given = (reader, project_lead, analyst, programme_manager)
    roles = (Role.READER, Role.PROJECT_LEAD, Role.ANALYST, Role.PROGRAMME_MANAGER)
    assert tuple("yes" if role in RIGHTS[right] else "no" for role in roles) == given


def test_the_table_is_complete() -> None:
    """There is no right, and no role, beside those in the table above."""
    (mark,) = (mark for mark in test_roles.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    assert {row[0] for row in mark.args[1]} == set(RIGHTS)
    assert set(mark.args[0][1:]) == set(Role.values)


def test_who_reads_changes_nothing() -> None:
    """A reader (a council member, say) sees everything of the region and changes nothing."""
    assert {right for right, roles in RIGHTS.items() if Role.READER in roles} == {"region.view"}
