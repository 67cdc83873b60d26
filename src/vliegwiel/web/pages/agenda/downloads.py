"""An agenda as a file: a line for each part, as it stands in the reader's language."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vliegwiel.apps.agenda import queries
from vliegwiel.apps.agenda.queries import AgendaRead, ItemLine, PlainLine, Ref, TaskLine
from vliegwiel.apps.explorer.spreadsheets import Value
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .access import open_page

COLUMNS = (
    *("version", "kind", "key", "title", "text", "reason", "level", "stage", "line", "starts"),
    *("ends", "timing", "needs", "feeds", "spearheads", "programmes", "elements", "examined"),
    *("findings", "involved", "providers_asked", "insights", "initiatives", "partners"),
    *("shared_risk", "agreements", "indicators", "source", "place", "mark"),
)


@require_safe
@open_page
def newest_csv(request: HttpRequest, region: Any) -> HttpResponse:
    """The newest published version, for everybody."""
    found = queries.newest_published(region)
    if found is None:
        raise Http404
    line = found.line
    name = f"agenda-{region.slug}-versie-{line.number}"
    return _file(name, found.agenda, {"version": line.number, "mark": line.mark})


@require_safe
@region_page("region.view")
def draft_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """The draft."""
    draft = queries.draft_of(region)
    if draft is None:
        raise Http404
    day = timezone.localdate().isoformat()
    return _file(f"agenda-{region.slug}-concept-{day}", draft.agenda, {"version": "draft"})


def _file(name: str, agenda: AgendaRead, shared: dict[str, Value]) -> HttpResponse:
    rows = [[{**shared, **row}.get(column) for column in COLUMNS] for row in _rows(agenda)]
    return attached_table(name, COLUMNS, rows)


def _rows(agenda: AgendaRead) -> Iterator[dict[str, Value]]:
    yield {
        "kind": "about",
        "title": agenda.title,
        "text": agenda.intro,
        "timing": agenda.period,
        "source": agenda.source.title,
        "place": agenda.source.place,
    }
    yield from (_plain("spearhead", line) for line in agenda.spearheads)
    yield from map(_item, agenda.items)
    yield from map(_task, agenda.tasks)
    yield from (_plain("programme", line) for line in agenda.programmes)
    yield from (_plain("element", line) for line in agenda.elements)


def _plain(kind: str, line: PlainLine) -> dict[str, Value]:
    return {"kind": kind, "text": line.text, **_shared(line)}


def _shared(line: ItemLine | TaskLine | PlainLine) -> dict[str, Value]:
    source = line.source
    return {"key": line.key, "title": line.title, "source": source.title, "place": source.place}


def _item(item: ItemLine) -> dict[str, Value]:
    lists = (
        *("needs", "feeds", "spearheads", "programmes", "elements", "examined", "insights"),
        "initiatives",
    )
    same = (
        *("reason", "stage", "line", "starts", "ends", "timing", "findings"),
        "providers_asked",
    )
    return {
        "kind": "item",
        "text": "\n".join(item.content),
        "involved": "; ".join(item.involved),
        **{name: getattr(item, name) for name in same},
        **{name: _titles(getattr(item, name)) for name in lists},
        **_shared(item),
    }


def _titles(refs: Sequence[Ref]) -> str:
    return "; ".join(ref.title for ref in refs)


def _task(task: TaskLine) -> dict[str, Value]:
    return {
        "kind": "task",
        "text": task.goal,
        "level": task.level,
        "partners": "\n".join(f"{who}: {brings}".rstrip(": ") for who, brings in task.partners),
        "shared_risk": task.shared_risk,
        "agreements": task.agreements,
        "indicators": "; ".join(task.indicators),
        **_shared(task),
    }
