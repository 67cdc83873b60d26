"""The draft as one document, and what is kept of a published one."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django.db.models import F
from django.utils.translation import get_language

from vliegwiel.reference import (
    NOTHING,
    AgendaAbout,
    AgendaDocument,
    AgendaItem,
    BilingualText,
)

from .models import Agenda, AgendaVersion, PartRevision
from .vocabulary import BODIES, LISTS, Body, Kind

ABOUT_KEY = "about"


def body_of(kind: str, kept: Mapping[str, Any]) -> Body:
    """What a part says, from what is kept of it."""
    return BODIES[kind].model_validate(kept)


def kept_of(body: Body) -> dict[str, Any]:
    """What is kept of a part."""
    return body.model_dump(mode="json")


def parts_of(document: AgendaDocument) -> Iterable[tuple[str, Body]]:
    """Every part of a document with its kind, what the agenda is about first."""
    yield Kind.ABOUT, document.about
    for kind, name in LISTS.items():
        for body in getattr(document, name):
            yield kind, body


def draft_document(agenda: Agenda) -> AgendaDocument:
    """The draft as it is now, without what was removed. Takes one query."""
    found: dict[str, list[Body]] = {kind: [] for kind in BODIES}
    for revision in current_revisions(agenda):
        if not revision.is_removal:
            found[revision.part.kind].append(body_of(revision.part.kind, revision.body))
    about = cast("list[AgendaAbout]", found[Kind.ABOUT])
    lists = {name: tuple(found[kind]) for kind, name in LISTS.items()}
    return AgendaDocument(
        about=about[0] if about else AgendaAbout(key=ABOUT_KEY, title=NOTHING),
        **cast("dict[str, Any]", lists),
    )


def current_revisions(agenda: Agenda) -> Sequence[PartRevision]:
    """What every part says now, in the order of the parts."""
    return list(
        PartRevision.objects.filter(part__agenda=agenda, number=F("part__revision"))
        .select_related("part", "made_by")
        .order_by("part__position", "part_id")
    )


def digest_of(document: AgendaDocument) -> str:
    """Differs when anything in the document does."""
    text = json.dumps(document.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def items_of(document: AgendaDocument) -> Mapping[str, AgendaItem]:
    """The items by key."""
    return {item.key: item for item in document.items}


def published_document(version: AgendaVersion) -> AgendaDocument:
    """The agenda as it was published."""
    return AgendaDocument.model_validate(version.document["agenda"])


def shown(text: BilingualText) -> str:
    """The text in the reader's language, or in the other where it was not written in his."""
    english = (get_language() or "nl").startswith("en")
    return (text.en or text.nl) if english else (text.nl or text.en)
