"""Who may do what: the one place.

A right is given to roles; a person has a role in a region. Everything else (pages, services,
commands, templates through `rules`) asks `may` or `require`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rules.permissions import add_perm
from rules.predicates import predicate

from .errors import NotAllowed

if TYPE_CHECKING:
    from .models import Region


class Role(TextChoices):
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    ANALYST = "analyst", _("Data analyst")
    PROJECT_LEAD = "project_lead", _("Project lead")
    READER = "reader", _("Reader (council, board)")


_EVERYBODY = frozenset(Role)
_STAFF = frozenset({Role.PROGRAMME_MANAGER, Role.ANALYST, Role.PROJECT_LEAD})
# Care data say something about persons, also without their names: few need to see how they come.
_CARE_DATA = frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER})

RIGHTS: dict[str, frozenset[Role]] = {
    "region.view": _EVERYBODY,
    "figures.load": frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER}),
    "waiting_times.deliver": frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER}),
    "offers.edit": frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER}),
    "insights.prioritise": frozenset({Role.PROGRAMME_MANAGER}),
    "insights.edit": _STAFF,
    "initiatives.propose": _STAFF,
    "initiatives.edit": frozenset({Role.PROGRAMME_MANAGER}),
    "yardstick.edit": frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER}),
    "targets.set": frozenset({Role.PROGRAMME_MANAGER}),
    "pilots.edit": _STAFF,
    "pilots.register": frozenset({Role.PROGRAMME_MANAGER}),
    "measurements.add": _STAFF,
    "decisions.take": frozenset({Role.PROGRAMME_MANAGER}),
    "agenda.edit": _STAFF,
    "agenda.publish": frozenset({Role.PROGRAMME_MANAGER}),
    "care_system.load": frozenset({Role.ANALYST}),
    "scenario.edit": _STAFF,
    "forecast.run": _STAFF,
    "care_data.view": _CARE_DATA,
    "care_data.deliver": _CARE_DATA,
    "care_data.delete": _CARE_DATA,
    "continuity.work": _CARE_DATA,
    "checklist.edit": _STAFF,
    "cases.review": _STAFF,
    "instruments.edit": _STAFF,
    "instruments.share": frozenset({Role.PROGRAMME_MANAGER}),
}

Person = AbstractBaseUser | AnonymousUser


def may(user: Person, right: str, region: "Region") -> bool:
    """Whether `user` has `right` (a key of RIGHTS; KeyError otherwise) in `region`."""
    roles = RIGHTS[right]
    if not user.is_authenticated or not user.is_active:
        return False
    if getattr(user, "is_system", False):
        return True
    return region.memberships.filter(user_id=user.pk, role__in=roles).exists()


def require(user: Person, right: str, region: "Region") -> None:
    """Raises NotAllowed when `may` says no."""
    if not may(user, right, region):
        raise NotAllowed(right, region.code)


def _predicate(right: str) -> Callable[..., bool]:
    def ask(user: Person, region: "Region | None") -> bool:
        return region is not None and may(user, right, region)

    return ask


for _right in RIGHTS:
    add_perm(f"regions.{_right}", predicate(_predicate(_right), name=_right))
