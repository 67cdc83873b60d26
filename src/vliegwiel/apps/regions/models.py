"""Regions, municipalities and people."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .rights import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in with an e-mail address. The one account without login `is_system`."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(_("may manage the installation"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_system = models.BooleanField(default=False, editable=False)
    last_seen_home = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    field_classes: ClassVar[Mapping[str, str]] = {
        "email": "personal",
        "name": "personal",
        "password": "personal",
        "last_login": "personal",
        "last_seen_home": "personal",
        "date_joined": "personal",
        "is_staff": "internal",
        "is_active": "internal",
        "is_superuser": "internal",
        "is_system": "internal",
        "groups": "internal",
        "user_permissions": "internal",
    }

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.UniqueConstraint(
                fields=["is_system"], condition=models.Q(is_system=True), name="one_system_account"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email


class Region(models.Model):
    """A jeugdregio: the municipalities that buy youth care together."""

    code = models.CharField(_("CBS code"), max_length=4, unique=True)
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "code": "public",
        "slug": "public",
        "name": "public",
    }

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^JZ[0-9]{2}$"),
                name="region_code_is_jz_and_two_digits",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    code = models.CharField(_("CBS code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=80)

    field_classes: ClassVar[Mapping[str, str]] = {"code": "public", "name": "public"}

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{4}$"),
                name="municipality_code_is_four_digits",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MunicipalityMembership(models.Model):
    """Which municipality belongs to which region, and from when: regions change."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="municipality_memberships")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="region_memberships"
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "municipality": "public",
        "start": "public",
        "end": "public",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="membership_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(end__isnull=True),
                name="one_region_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} in {self.region}"


class Membership(models.Model):
    """The role of a person in a region."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    region = models.ForeignKey(Region, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    # Roles that an organisation's login gives are taken back by it too; those set here are not.
    from_groups = models.BooleanField(default=False, editable=False)

    field_classes: ClassVar[Mapping[str, str]] = {
        "user": "personal",
        "region": "internal",
        "role": "internal",
        "from_groups": "internal",
    }

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region", "role"], name="a_role_once_per_region"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="role_is_one_of_the_roles"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} in {self.region}"


class TableWriting(models.Model):
    """That a table was written in: `mark` is another one after every change, also a removal.

    Kept by the database (`note_writing`) for tables that ask for it, in as many rows as wrote at
    the same time, so that nobody who writes waits for another one.
    """

    table = models.CharField(max_length=63)
    mark = models.UUIDField()

    field_classes: ClassVar[Mapping[str, str]] = {
        "table": "internal",
        "mark": "internal",
    }

    class Meta:
        verbose_name = _("change of a table")
        verbose_name_plural = _("changes of tables")

    def __str__(self) -> str:
        return self.table
