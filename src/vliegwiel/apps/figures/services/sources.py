"""Keeps the bibliography in line with the one that ships."""

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.regions.models import User


@transaction.atomic
def load_sources(*, by: User) -> int:
    """Brings the bibliography in line with the shipped one; says how many sources changed.

    Only the installation itself may: all regions share it. Raises PermissionError otherwise.
    """
    if not by.is_system:
        raise PermissionError("only the installation itself loads the bibliography")
    known = {source.key: source for source in Source.objects.all()}
    changed = 0
    for key, shipped in reference.sources().items():
        values = {
            "title": shipped.title,
            "publisher": shipped.publisher,
            "year": shipped.year,
            "kind": shipped.kind,
            "address": shipped.address or "",
            "note_nl": shipped.note.nl,
            "note_en": shipped.note.en,
        }
        source = known.get(key)
        if source is not None and all(
            getattr(source, name) == value for name, value in values.items()
        ):
            continue
        Source.objects.update_or_create(key=key, defaults=values)
        changed += 1
    return changed
