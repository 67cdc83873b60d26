"""Keeping what was heard: one observation during a conversation, or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel.apps.figures.findings import Finding, errors
from vliegwiel.apps.figures.text_files import NO_TEXT
from vliegwiel.apps.insights.errors import (
    ChangedMeanwhile,
    NotThere,
    ObservationRefused,
    ObservationsRefused,
    PersonInText,
)
from vliegwiel.apps.insights.models import EarlierObservation, Observation
from vliegwiel.apps.insights.observation_table import (
    PERSON_IN_TEXT,
    ObservationRow,
    Suspects,
    read_lines,
    read_observations,
)
from vliegwiel.apps.insights.vocabulary import LONGEST_OBSERVATION, ObservationKind, SourceRole
from vliegwiel.apps.offers.queries import provider_names
from vliegwiel.apps.regions import traces_in_words
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require


@dataclass(frozen=True, slots=True)
class Heard:
    """An observation as somebody types it. `role` is one of SourceRole, or empty."""

    text: str
    kind: str
    heard_on: date | None
    role: str


@dataclass(frozen=True, slots=True)
class ObservationsKept:
    """What many at once brought: how many are new, and how many the region had already."""

    added: int
    known: int


@transaction.atomic
def add_observation(
    *, region: Region, heard: Heard, by: User, entry_key: str = "", nobody_in_it: bool = False
) -> int:
    """Keeps an observation and returns its id.

    The same text again with the same `entry_key` (a form sent twice) keeps nothing more; another
    text (typed after the back button) is kept as another observation.

    Raises ObservationRefused with a sentence per field, PersonInText when something in the text
    could lead to a person and `nobody_in_it` does not say otherwise, and NotAllowed without the
    right to edit insights.
    """
    require(by, "insights.edit", region)
    heard = _checked(heard, _names_of(region), nobody_in_it=nobody_in_it)
    Region.objects.select_for_update().get(pk=region.pk)
    key = entry_key[:64]
    known = Observation.objects.filter(region=region, entry_key=key).first() if key else None
    if known is not None and known.text_nl == heard.text:
        return known.pk
    return Observation.objects.create(
        region=region,
        kind=heard.kind,
        heard_on=heard.heard_on,
        role=heard.role,
        text_nl=heard.text,
        entry_key="" if known else key,
        entered_by=by,
    ).pk


@transaction.atomic
def change_observation(
    *,
    region: Region,
    observation_id: int,
    heard: Heard,
    seen: int,
    by: User,
    nobody_in_it: bool = False,
) -> None:
    """Replaces an observation that stood at version `seen`; what stood there is kept beside it.

    An earlier text with a trace of a person is let go for good. Raises as `add_observation`, and
    NotThere for one that the region does not have or that a document tells, ChangedMeanwhile when
    it stands at another version.
    """
    require(by, "insights.edit", region)
    kept = _own(region, observation_id)
    names = _names_of(region)
    heard = _checked(heard, names, nobody_in_it=nobody_in_it)
    now = Heard(kept.text_nl, kept.kind, kept.heard_on, kept.role)
    if heard == now:
        return
    if kept.version != seen:
        raise ChangedMeanwhile
    EarlierObservation.objects.create(
        observation=kept,
        version=kept.version,
        kind=kept.kind,
        heard_on=kept.heard_on,
        role=kept.role,
        text="" if traces_in_words(kept.text_nl, places=names) else kept.text_nl,
        replaced_by=by,
    )
    kept.text_nl, kept.kind, kept.role = heard.text, heard.kind, heard.role
    kept.heard_on, kept.version = heard.heard_on, kept.version + 1
    kept.save(update_fields=["text_nl", "kind", "role", "heard_on", "version"])


@transaction.atomic
def remove_observation(*, region: Region, observation_id: int, by: User) -> None:
    """Takes an observation away for good, with its earlier texts.

    Raises ObservationRefused while an insight rests on it, NotThere for one that the region does
    not have or that a document tells, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    kept = _own(region, observation_id)
    if kept.supports.filter(ended_at__isnull=True).exists():
        raise ObservationRefused(
            {"text": gettext("Insights rest on this observation. Take it off them first.")}
        )
    kept.delete()


def add_lines(
    *,
    region: Region,
    text: str,
    kind: str,
    heard_on: date | None,
    role: str,
    by: User,
    nobody_in_it: bool = False,
) -> ObservationsKept:
    """Keeps each line of a text as an observation: all of them, or none.

    A line that the region has word for word is not kept twice. Raises ObservationsRefused with
    every finding, ObservationRefused for kind, day or role, and NotAllowed.
    """
    require(by, "insights.edit", region)
    _check_words(Heard("x", kind, heard_on, role))
    rows, findings = read_lines(
        text,
        kind=kind,
        heard_on=heard_on,
        role=role,
        suspects=suspects_in(region, nobody_in_it=nobody_in_it),
    )
    return _keep_all(rows, findings, "", region, by)


def load_observations(
    *, region: Region, name: str, content: bytes, by: User, nobody_in_it: bool = False
) -> ObservationsKept:
    """Keeps the observations of a CSV or Excel file, whole or not at all; as `add_lines`."""
    require(by, "insights.edit", region)
    rows, findings = read_observations(
        content,
        name=name,
        today=timezone.localdate(),
        suspects=suspects_in(region, nobody_in_it=nobody_in_it),
    )
    return _keep_all(rows, findings, name, region, by)


@transaction.atomic
def _keep_all(
    rows: Sequence[ObservationRow] | None,
    findings: Sequence[Finding],
    name: str,
    region: Region,
    by: User,
) -> ObservationsKept:
    if rows is None:
        only = all(found.code == PERSON_IN_TEXT for found in errors(findings))
        raise ObservationsRefused(name, findings, only_persons=only)
    Region.objects.select_for_update().get(pk=region.pk)
    texts = [row.text for row in rows]
    had = Observation.objects.filter(region=region, text_nl__in=texts)
    known = set(had.values_list("text_nl", flat=True))
    added = [
        Observation(
            region=region,
            kind=row.kind,
            heard_on=row.heard_on,
            role=row.role,
            text_nl=row.text,
            entered_by=by,
        )
        for row in rows
        if row.text not in known
    ]
    # The newest stand first: the first line of a list is to stay the first.
    Observation.objects.bulk_create(reversed(added))
    return ObservationsKept(added=len(added), known=len(rows) - len(added))


def _own(region: Region, pk: int) -> Observation:
    kept = Observation.objects.select_for_update().filter(region=region, pk=pk).first()
    if kept is None or kept.shipped_key:
        raise NotThere
    return kept


def _names_of(region: Region) -> Sequence[str]:
    """Names that may stand in a text: of places and of organisations."""
    places = [place.name for place in municipalities_of(region)]
    return [region.name, *places, *provider_names(region).values()]


def suspects_in(region: Region, *, nobody_in_it: bool) -> Suspects:
    """What looks for traces of a person in a text; for nothing when somebody has looked himself."""
    if nobody_in_it:
        return lambda _text: ""
    return partial(traces_in_words, places=_names_of(region))


def _checked(heard: Heard, names: Sequence[str], *, nobody_in_it: bool) -> Heard:
    text = heard.text.strip()
    _check_words(Heard(text, heard.kind, heard.heard_on, heard.role))
    found = "" if nobody_in_it else traces_in_words(text, places=names)
    if found:
        sentence = gettext(
            "This text could lead to a person. It holds %(found)s. Write it otherwise, or confirm "
            "that nobody can be found in it."
        )
        raise PersonInText({"text": sentence % {"found": found}})
    return Heard(text, heard.kind, heard.heard_on, heard.role)


def _check_words(heard: Heard) -> None:
    problems = {}
    if not heard.text:
        problems["text"] = gettext("Write down what was heard or read.")
    elif len(heard.text) > LONGEST_OBSERVATION or NO_TEXT.search(heard.text):
        problems["text"] = gettext("Use at most %(n)s characters.") % {"n": LONGEST_OBSERVATION}
    if heard.kind not in ObservationKind.values:
        problems["kind"] = gettext("Choose one of the kinds in the list.")
    if heard.role and heard.role not in SourceRole.values:
        problems["role"] = gettext("Choose one of the roles in the list.")
    if heard.heard_on is not None and heard.heard_on > timezone.localdate():
        problems["heard_on"] = gettext("This day has not come yet.")
    if problems:
        raise ObservationRefused(problems)
