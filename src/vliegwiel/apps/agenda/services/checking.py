"""What is wrong with a part as somebody typed it, per field; a form has asked for most of it."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.agenda.documents import ABOUT_KEY, shown
from vliegwiel.apps.agenda.planning import Quarter
from vliegwiel.apps.agenda.vocabulary import BODIES, LONGEST_TEXT, LONGEST_TITLE, Body, Kind
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import Trace, traces_of
from vliegwiel.apps.regions.models import Region
from vliegwiel.reference import AgendaItem, AgendaTask, BilingualText

_KEY = re.compile(r"[a-z0-9-]{1,60}")
#: An agenda is read by everybody. Names of organisations stand in it, so names are not looked for.
_TRACES = frozenset({Trace.EMAIL, Trace.NUMBER})
_MOST_PROVIDERS = 10_000


def problems_of(region: Region, kind: str, body: Body) -> Mapping[str, str]:
    """A sentence for each field that cannot be kept; empty when all can."""
    problems: dict[str, str] = {}
    is_named = kind in BODIES and _KEY.fullmatch(body.key)
    if not is_named or (kind == Kind.ABOUT) != (body.key == ABOUT_KEY):
        problems[""] = _("This part cannot be kept under this name.")
    if not shown(body.title).strip():
        problems["title"] = _("Fill this in.")
    elif max(len(body.title.nl), len(body.title.en)) > LONGEST_TITLE:
        problems["title"] = _("Use at most %(n)s characters.") % {"n": LONGEST_TITLE}
    for field, text in _texts(body):
        if len(text) > LONGEST_TEXT:
            problems[field] = _("Use at most %(n)s characters.") % {"n": LONGEST_TEXT}
        elif any(trace in _TRACES for trace, _piece in traces_of(text)):
            problems[field] = _(
                "This text holds an e-mail address or a long number. Everybody can read an agenda: "
                "write a team or a function instead."
            )
    if body.source and body.source not in reference.sources():
        problems["source"] = _("Choose one of the sources in the list.")
    if isinstance(body, AgendaItem):
        problems |= _item(region, body)
    return problems


def _texts(body: Body) -> Iterator[tuple[str, str]]:
    for field in type(body).model_fields:
        value = getattr(body, field)
        if isinstance(value, BilingualText):
            yield from ((field, value.nl), (field, value.en))
    yield "place", body.place
    if isinstance(body, AgendaTask):
        for partner in body.partners:
            for text in (partner.who, partner.brings):
                yield from (("partners", text.nl), ("partners", text.en))


def _item(region: Region, item: AgendaItem) -> Mapping[str, str]:
    problems = {}
    starts, ends = Quarter.read(item.starts), Quarter.read(item.ends)
    if (starts is None) != (ends is None):
        problems["ends"] = _("Choose both a first and a last quarter, or neither.")
    elif starts is not None and ends is not None and ends < starts:
        problems["ends"] = _("The last quarter lies before the first.")
    for field in ("needs", "feeds"):
        if item.key in getattr(item, field):
            problems[field] = _("An item cannot point to itself.")
    if not set(item.examined) <= set(item.elements):
        problems["examined"] = _("What was examined must also stand among what is to be examined.")
    if item.providers_asked is not None and not 0 <= item.providers_asked <= _MOST_PROVIDERS:
        problems["providers_asked"] = _("This number is too large.")
    known = Insight.objects.filter(region=region, number__in=item.insights)
    if known.count() < len(set(item.insights)):
        problems["insights"] = _("Choose insights of this region.")
    own = Initiative.objects.filter(region=region, pk__in=item.initiatives)
    if own.count() < len(set(item.initiatives)):
        problems["initiatives"] = _("Choose initiatives of this region.")
    return problems
