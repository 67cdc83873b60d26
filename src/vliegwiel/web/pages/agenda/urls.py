from django.urls import path, register_converter

from vliegwiel.apps.agenda.queries import Kind

from . import downloads, drafts, editing, examples, views

#: Address of a kind of part -> the kind.
KINDS = {
    "over": Kind.ABOUT,
    "speerpunt": Kind.SPEARHEAD,
    "onderdeel": Kind.ITEM,
    "opgave": Kind.TASK,
    "programma": Kind.PROGRAMME,
    "element": Kind.ELEMENT,
}


class KindOfPart:
    """The kind of a part in an address."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return str(KINDS[value])

    def to_url(self, value: str) -> str:
        return next(name for name, kind in KINDS.items() if kind == value)


register_converter(KindOfPart, "agenda_kind")
_PART = "agenda/concept/<agenda_kind:kind>/<slug:key>/"

urlpatterns = [
    path("agenda/", views.newest, name="agenda"),
    path("agenda/agenda.csv", downloads.newest_csv, name="agenda_csv"),
    path("agenda/partners/", views.partners, name="agenda_partners"),
    path("agenda/versies/", views.versions, name="agenda_versions"),
    path("agenda/versies/<int:number>/", views.version, name="agenda_version"),
    path("agenda/vergelijken/", views.comparison, name="agenda_compare"),
    path("agenda/concept/", drafts.draft, name="agenda_draft"),
    path("agenda/concept/agenda.csv", downloads.draft_csv, name="agenda_draft_csv"),
    path("agenda/concept/publiceren/", drafts.publish, name="agenda_publish"),
    path("agenda/concept/<agenda_kind:kind>/nieuw/", editing.new, name="agenda_part_new"),
    path(_PART, editing.change, name="agenda_part"),
    path(f"{_PART}verwijderen/", editing.remove, name="agenda_part_remove"),
    path(f"{_PART}eerder/", editing.history, name="agenda_part_history"),
    path("agenda/voorbeelden/", examples.overview, name="agenda_examples"),
    path("agenda/voorbeelden/<slug:key>/", examples.one, name="agenda_example"),
]
