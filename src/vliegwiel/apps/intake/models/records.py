"""What messages say: a table for each kind of record of `science.ijw`, filled by COPY.

The columns have the names of the records. A pseudonym is kept as 128 bits; what a record does not
say is empty. Everything here says something about a person, although nobody can say about whom.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .deliveries import KeptMessage


def _personal(*names: str) -> Mapping[str, str]:
    return {"message": "internal", **dict.fromkeys(names, "personal")}


def _in_order(begin: str, end: str) -> Q:
    return (
        Q(**{f"{end}__isnull": True})
        | Q(**{f"{begin}__isnull": True})
        | Q(**{f"{end}__gte": F(begin)})
    )


_PERSON = ("youth", "born", "year_only", "sex")
_SIZE = ("volume", "unit", "frequency", "budget")
_PERSON_FITS = Q(sex__in=["", "0", "1", "2", "9"]) & (Q(born__isnull=True) | Q(born__day=1))
_SIZE_FITS = (Q(volume__isnull=True) | Q(volume__gte=0)) & (
    Q(budget__isnull=True) | Q(budget__gte=0)
)


class _OfAMessage(models.Model):
    message = models.ForeignKey(KeptMessage, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class _OfAYouth(_OfAMessage):
    youth = models.UUIDField(db_index=True)

    class Meta:
        abstract = True


class _OfAPerson(_OfAYouth):
    """`born` is the first day of the month of birth, or of the year if `year_only`."""

    born = models.DateField(null=True)
    year_only = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, blank=True)

    class Meta:
        abstract = True


class Assignment(_OfAPerson):
    """A version of an assignment (JW301). When it was decided has no zone, so it is kept in two."""

    assignment = models.UUIDField()
    reference = models.UUIDField(null=True)
    category = models.CharField(max_length=8, blank=True)
    product = models.CharField(max_length=8, blank=True)
    decided_on = models.DateField()
    decided_time = models.TimeField()
    begin = models.DateField()
    end = models.DateField(null=True)
    reason = models.CharField(max_length=8, blank=True)
    volume = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True)
    frequency = models.CharField(max_length=8, blank=True)
    budget = models.BigIntegerField(null=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        *_PERSON,
        *("assignment", "reference", "category", "product", "decided_on", "decided_time"),
        *("begin", "end", "reason"),
        *_SIZE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_PERSON_FITS, name="assignment_person_fits"),
            models.CheckConstraint(condition=_SIZE_FITS, name="assignment_size_not_negative"),
            models.CheckConstraint(
                condition=_in_order("begin", "end"), name="assignment_ends_after_it_begins"
            ),
        ]


class _Delivered(_OfAPerson):
    assignment = models.UUIDField(null=True)
    category = models.CharField(max_length=8, blank=True)
    product = models.CharField(max_length=8, blank=True)
    begin = models.DateField()
    status = models.CharField(max_length=1)
    assigned_from = models.DateField(null=True)

    class Meta:
        abstract = True


_DELIVERED = ("assignment", "category", "product", "begin", "status", "assigned_from")


class Start(_Delivered):
    """The start of care, or the deletion of one (JW305)."""

    field_classes: ClassVar[Mapping[str, str]] = _personal(*_PERSON, *_DELIVERED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_PERSON_FITS & Q(status__in=["1", "3"]), name="start_words_are_known"
            ),
        ]


class Stop(_Delivered):
    """The end or a pause of care, or the deletion of one (JW307)."""

    end = models.DateField()
    reason = models.CharField(max_length=8)

    field_classes: ClassVar[Mapping[str, str]] = _personal(*_PERSON, *_DELIVERED, "end", "reason")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_PERSON_FITS & Q(status__in=["1", "3"]), name="stop_words_are_known"
            ),
            models.CheckConstraint(
                condition=_in_order("begin", "end"), name="stop_is_not_before_its_start"
            ),
        ]


class Request(_OfAPerson):
    """A product that a provider asks for (JW315)."""

    reference = models.UUIDField()
    category = models.CharField(max_length=8, blank=True)
    product = models.CharField(max_length=8, blank=True)
    referrer = models.CharField(max_length=8, blank=True)
    wished_begin = models.DateField()
    wished_end = models.DateField(null=True)
    volume = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True)
    frequency = models.CharField(max_length=8, blank=True)
    budget = models.BigIntegerField(null=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        *_PERSON,
        *("reference", "category", "product", "referrer", "wished_begin", "wished_end"),
        *_SIZE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_PERSON_FITS & _SIZE_FITS, name="care_request_person_and_size_fit"
            ),
            models.CheckConstraint(
                condition=_in_order("wished_begin", "wished_end"),
                name="care_request_ends_after_it_begins",
            ),
        ]


class Change(_OfAYouth):
    """A product that is to stay, to change or to be added (JW317)."""

    reference = models.UUIDField()
    assignment = models.UUIDField(null=True)
    category = models.CharField(max_length=8, blank=True)
    product = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=6)
    begin = models.DateField(null=True)
    end = models.DateField(null=True)
    why = models.CharField(max_length=8, blank=True)
    volume = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=8, blank=True)
    frequency = models.CharField(max_length=8, blank=True)
    budget = models.BigIntegerField(null=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        *("youth", "reference", "assignment", "category", "product", "kind", "begin", "end", "why"),
        *_SIZE,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["keep", "change", "add"]) & _SIZE_FITS,
                name="care_change_kind_is_known",
            ),
            models.CheckConstraint(
                condition=_in_order("begin", "end"), name="care_change_ends_after_it_begins"
            ),
        ]


class Answer(_OfAMessage):
    """The answer of a municipality to a request (JW319)."""

    reference = models.UUIDField()
    answer = models.CharField(max_length=1)
    reason = models.CharField(max_length=8, blank=True)
    responsible = models.CharField(max_length=4, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        "reference", "answer", "reason", "responsible"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["1", "2"]), name="care_answer_is_known"),
        ]


class Declared(_OfAYouth):
    """Delivered care that is declared (JW323); money in cents."""

    assignment = models.UUIDField()
    performance = models.UUIDField()
    previous = models.UUIDField(null=True)
    category = models.CharField(max_length=8)
    product = models.CharField(max_length=8)
    begin = models.DateField()
    end = models.DateField()
    volume = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    cents = models.BigIntegerField()
    credit = models.BooleanField()
    declaration = models.UUIDField(null=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        *("youth", "assignment", "performance", "previous", "category", "product", "begin", "end"),
        *("volume", "unit", "cents", "credit", "declaration"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gte=0, volume__gte=0), name="declared_line_not_negative"
            ),
            models.CheckConstraint(
                condition=_in_order("begin", "end"), name="declared_line_ends_after_it_begins"
            ),
        ]


class Refused(_OfAYouth):
    """A declared line that is refused (JW325)."""

    performance = models.UUIDField()
    codes = ArrayField(models.CharField(max_length=8))
    previous = models.UUIDField(null=True)
    assignment = models.UUIDField(null=True)
    declaration = models.UUIDField(null=True)

    field_classes: ClassVar[Mapping[str, str]] = _personal(
        "youth", "performance", "codes", "previous", "assignment", "declaration"
    )


class Returned(_OfAMessage):
    """The answer of a system to a message, whose key is kept in the columns that begin with `of_`.

    The message of the row is the answer itself.
    """

    of_code = models.CharField(max_length=5)
    of_release = models.CharField(max_length=8)
    of_municipality = models.CharField(max_length=4)
    of_provider = models.CharField(max_length=8)
    of_identification = models.CharField(max_length=36)
    of_dated = models.DateField()
    codes = ArrayField(models.CharField(max_length=8))
    accepted = models.BooleanField()

    field_classes: ClassVar[Mapping[str, str]] = {
        "message": "internal",
        "of_code": "internal",
        "of_release": "internal",
        "of_municipality": "internal",
        "of_provider": "internal",
        "of_identification": "internal",
        "of_dated": "internal",
        "codes": "internal",
        "accepted": "internal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(of_code__regex=r"^JW3[0-9]{2}$"), name="returned_to_a_message"
            ),
        ]
