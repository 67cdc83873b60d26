"""Every change to regions, people and roles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from .models import Membership, Municipality, MunicipalityMembership, Region, User
from .rights import Role

SYSTEM_EMAIL = "system@vliegwiel.invalid"


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """A region as published: CBS code, name and its municipalities as (code, name)."""

    code: str
    name: str
    municipalities: Sequence[tuple[str, str]]
    since: date


def system_user() -> User:
    """The account in whose name the installation itself works (loading shipped facts). No login."""
    user, _created = User.objects.get_or_create(
        is_system=True, defaults={"email": SYSTEM_EMAIL, "name": "Vliegwiel", "password": "!"}
    )
    return user


@transaction.atomic
def load_regions(*, regions: Iterable[RegionFacts], by: User) -> int:
    """Brings regions and their municipalities in line with `regions`; says how many changed.

    Loading the same facts twice changes nothing. Only the system account may do it: which
    municipality belongs where is law, not a choice of a region.
    """
    if not by.is_system:
        raise PermissionError("only the installation itself loads the division into regions")
    known = _current_division()
    changed = 0
    for facts in regions:
        wanted = {(facts.code, facts.name, code, name) for code, name in facts.municipalities}
        # Everything is looked at on every start of the demo: what stands right costs no query.
        if wanted <= known:
            continue
        region, created = Region.objects.update_or_create(
            code=facts.code, defaults={"name": facts.name, "slug": slugify(facts.name)}
        )
        changed += created
        for code, name in facts.municipalities:
            municipality, _new = Municipality.objects.update_or_create(
                code=code, defaults={"name": name}
            )
            changed += _move_municipality(municipality, region, facts.since)
    return changed


def _current_division() -> set[tuple[str, str, str, str]]:
    """Code and name of region and municipality, for every municipality where it belongs now."""
    return set(
        MunicipalityMembership.objects.filter(end__isnull=True).values_list(
            "region__code", "region__name", "municipality__code", "municipality__name"
        )
    )


def _move_municipality(municipality: Municipality, region: Region, since: date) -> bool:
    current = municipality.region_memberships.filter(end__isnull=True).first()
    if current is not None and current.region_id == region.pk:
        return False
    if current is not None:
        current.end = since
        current.save(update_fields=["end"])
    MunicipalityMembership.objects.create(municipality=municipality, region=region, start=since)
    return True


@transaction.atomic
def give_role(*, user: User, region: Region, role: Role) -> Membership:
    """Gives `user` a role in `region`; giving it twice changes nothing.

    What is given here stays, also when the organisation's login had given it and takes it back.
    """
    membership, _created = Membership.objects.update_or_create(
        user=user, region=region, role=role, defaults={"from_groups": False}
    )
    return membership


@transaction.atomic
def set_roles_from_groups(
    *,
    user: AbstractBaseUser,
    groups: Iterable[str],
    mapping: Mapping[str, tuple[str, str]],
) -> None:
    """Makes the roles that come from the organisation's login those of `groups`, at every login.

    `mapping` gives a region code and a role for a group; groups that are not in it give nothing.
    Roles that were given in Vliegwiel itself stay.
    """
    wanted = {tuple(mapping[group]) for group in groups if group in mapping}
    regions = {
        region.code: region for region in Region.objects.filter(code__in={c for c, _ in wanted})
    }
    Membership.objects.filter(user_id=user.pk, from_groups=True).delete()
    for code, role in sorted(wanted):
        if code in regions and role in Role.values:
            Membership.objects.get_or_create(
                user_id=user.pk, region=regions[code], role=role, defaults={"from_groups": True}
            )


@transaction.atomic
def follow_organisation(
    *,
    user: AbstractBaseUser,
    name: str,
    groups: Iterable[str],
    mapping: Mapping[str, tuple[str, str]],
) -> None:
    """Brings a person's name and roles in line with what his organisation told at this login."""
    if name:
        User.objects.filter(pk=user.pk).exclude(name=name).update(name=name)
    set_roles_from_groups(user=user, groups=groups, mapping=mapping)


@transaction.atomic
def make_user(
    *, email: str, name: str, password: str, roles: Iterable[tuple[Region, Role]]
) -> User:
    """Makes or renews a local account with these roles."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    elif not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    for region, role in roles:
        give_role(user=user, region=region, role=role)
    return user


def note_visit(*, user: User) -> None:
    """Remembers when `user` last saw the home page: "what changed since" counts from there."""
    User.objects.filter(pk=user.pk).update(last_seen_home=timezone.now())
