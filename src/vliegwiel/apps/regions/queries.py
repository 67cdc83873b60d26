"""Every read of regions, people and roles."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .models import Membership, Municipality, Region, User


def regions_of(user: AbstractBaseUser | AnonymousUser) -> Sequence[Region]:
    """The regions in which `user` has a role, by name; none for a visitor."""
    if not user.is_authenticated:
        return []
    return list(Region.objects.filter(memberships__user_id=user.pk).distinct())


def region_by_slug(slug: str) -> Region | None:
    return Region.objects.filter(slug=slug).first()


def region_by_code(code: str) -> Region | None:
    return Region.objects.filter(code=code).first()


def regions_in_use() -> Sequence[Region]:
    """The regions in which somebody works, by name: all 42 of the country are known."""
    people = Membership.objects.filter(user__is_active=True, user__is_system=False)
    return list(Region.objects.filter(pk__in=people.values("region")))


def municipalities_of(region: Region) -> Sequence[Municipality]:
    """The municipalities that now belong to `region`, by name."""
    return list(
        Municipality.objects.filter(
            region_memberships__region=region, region_memberships__end__isnull=True
        ).order_by("name")
    )


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.lower(), is_system=False).first()


def active_user(pk: int) -> User | None:
    """The person with this number who may log in; none where the account was closed."""
    return User.objects.filter(pk=pk, is_active=True, is_system=False).first()


def unapplied_migrations() -> int:
    """How many migrations this version brings that the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
