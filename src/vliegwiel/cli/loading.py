"""Files of a region, taken by the services that also serve the pages and the demo.

Imported once Django is set up. Each kind of file has a function here that calls one service and
turns its answer, or its refusal, into lines.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from django.utils.text import slugify

from vliegwiel import reference
from vliegwiel.apps.explorer import DocumentRefused, NameTaken
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.sentences import fault
from vliegwiel.apps.figures import DeliveryRefused, Finding, Severity
from vliegwiel.apps.figures import services as figure_services
from vliegwiel.apps.initiatives import InitiativesRefused
from vliegwiel.apps.initiatives import services as initiative_services
from vliegwiel.apps.insights import InsightsRefused
from vliegwiel.apps.insights import services as insight_services
from vliegwiel.apps.offers import OffersRefused
from vliegwiel.apps.offers import services as offer_services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user

from .language import gettext as _
from .language import ngettext
from .shipped import FACT_STEPS

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region
    from vliegwiel.science.kernel import Fault


class Refused(Exception):
    """Nothing was kept; `lines` say why, each with its place in the file."""

    def __init__(self, *lines: str) -> None:
        self.lines = (*lines, _("Nothing was loaded."))
        super().__init__(*self.lines)


class TablesLagBehind(Exception):
    """The database is of an earlier version; whoever manages it has to bring it up to date."""

    def __init__(self) -> None:
        super().__init__(
            _("The database is not up to date with this version. First: vliegwiel manage migrate")
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file brought, in one sentence, and what stood out in it."""

    sentence: str
    remarks: Sequence[str] = ()


def require_tables() -> None:
    """Raises TablesLagBehind when the database lacks tables of this version."""
    if regions.unapplied_migrations():
        raise TablesLagBehind


def region_called(name: str, content: bytes) -> "Region":
    """The region with this name or code; without one, the region that a CSV is about."""
    wanted = (name or _region_in(content)).strip()
    if not wanted:
        raise Refused(_("Say which region this file is about: --region ijsselland."))
    found = regions.region_by_slug(wanted.lower()) or regions.region_by_code(wanted.upper())
    if found is not None:
        return found
    raise Refused(_no_region(wanted))


def _no_region(wanted: str) -> str:
    """Why there is none, and what to do: another name, or first what ships."""
    rows = reference.municipality_rows()
    slugs = {slugify(row.region): row.region for row in rows}
    if wanted.lower() in slugs or wanted.upper() in {row.region_code for row in rows}:
        words = _("Region “%(name)s” is not here yet. First: vliegwiel load shipped")
        return words % {"name": wanted}
    near = get_close_matches(slugify(wanted), slugs, n=1)
    if near:
        words = _("There is no region “%(name)s”. Do you mean %(near)s?")
        return words % {"name": wanted, "near": near[0]}
    return _("There is no region “%(name)s”.") % {"name": wanted}


def _region_in(content: bytes) -> str:
    """The one region beside the Netherlands in the column `region` of a CSV; empty otherwise."""
    text = content.decode("utf-8", errors="replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    try:
        codes = {row.get("region") or "" for row in csv.DictReader(io.StringIO(text, newline=""))}
    except csv.Error:
        return ""
    codes -= {"", "NL"}
    return codes.pop() if len(codes) == 1 else ""


def figures(region: "Region", name: str, content: bytes) -> Loaded:
    """A CSV of regional figures."""
    try:
        done = figure_services.load_figures(
            region=region, name=name, content=content, by=system_user()
        )
    except DeliveryRefused as refused:
        raise Refused(*finding_lines(refused.findings)) from refused
    if not done.changed:
        return Loaded(_unchanged(name), finding_lines(done.findings))
    words = ngettext(
        "%(name)s: %(read)d figure read; new: %(added)d, changed: %(replaced)d.",
        "%(name)s: %(read)d figures read, %(added)d of them new, %(replaced)d changed.",
        done.read,
    )
    numbers = {"name": name, "read": done.read, "added": done.added, "replaced": done.replaced}
    return Loaded(words % numbers, finding_lines(done.findings))


def waiting_times(region: "Region", name: str, content: bytes) -> Loaded:
    """A JSON file of published waiting times."""
    try:
        done = figure_services.deliver_waiting_times(
            region=region, name=name, content=content, by=system_user()
        )
    except DeliveryRefused as refused:
        raise Refused(*finding_lines(refused.findings)) from refused
    if not done.was_new:
        return Loaded(_unchanged(name), finding_lines(done.findings))
    words = ngettext(
        "%(name)s: %(n)d statement loaded.", "%(name)s: %(n)d statements loaded.", done.rows
    )
    return Loaded(words % {"name": name, "n": done.rows}, finding_lines(done.findings))


def offers(region: "Region", name: str, content: bytes) -> Loaded:
    """A CSV or Excel table of offers."""
    try:
        done = offer_services.load_offers(
            region=region, name=name, content=content, by=system_user()
        )
    except OffersRefused as refused:
        raise Refused(*finding_lines(refused.findings)) from refused
    if not done.was_new:
        return Loaded(_unchanged(name))
    words = ngettext(
        "%(name)s: %(read)d offer read; new: %(added)d, changed: %(changed)d.",
        "%(name)s: %(read)d offers read, %(added)d of them new, %(changed)d changed.",
        done.read,
    )
    numbers = {"name": name, "read": done.read, "added": done.added, "changed": done.changed}
    return Loaded(words % numbers)


def care_system(region: "Region", name: str, content: bytes) -> Loaded:
    """A care-system document."""
    newest = explorer.newest_care_system(region)
    try:
        kept = explorer_services.load_care_system(region=region, document=content, by=system_user())
    except DocumentRefused as refused:
        raise Refused(*_faults(name, refused.faults)) from refused
    if newest is not None and kept.pk <= newest.pk:
        return Loaded(_unchanged(name))
    words = _("%(name)s: loaded as the newest care system of %(region)s.")
    return Loaded(words % {"name": name, "region": region.name})


def scenario(region: "Region", name: str, content: bytes) -> Loaded:
    """A scenario document, on the newest care system of the region."""
    newest = explorer.newest_care_system(region)
    if newest is None:
        words = _("%(region)s has no care system yet. First: vliegwiel load care-system")
        raise Refused(words % {"region": region.name})
    known = {summary.version.pk for summary in explorer.scenarios_of(region)}
    try:
        kept = explorer_services.load_scenario(
            care_system=newest, document=content, by=system_user()
        )
    except DocumentRefused as refused:
        raise Refused(*_faults(name, refused.faults)) from refused
    except NameTaken as taken:
        words = _("%(name)s: another scenario of %(region)s is called “%(title)s”.")
        found = {"name": name, "region": region.name, "title": taken.title}
        raise Refused(words % found, _("Give this one another title.")) from taken
    if kept.pk in known:
        return Loaded(_unchanged(name))
    words = _("%(name)s: loaded as a scenario of %(region)s.")
    return Loaded(words % {"name": name, "region": region.name})


def insights(region: "Region", name: str, content: bytes) -> Loaded:
    """A document of insights; a version that was loaded before changes nothing."""
    try:
        done = insight_services.load_insights(region=region, document=content, by=system_user())
    except InsightsRefused as refused:
        raise Refused(*_faults(name, refused.faults)) from refused
    if not done.changed:
        words = _("%(name)s: this version or a newer one had been loaded before. Nothing changed.")
        return Loaded(words % {"name": name})
    words = ngettext(
        "%(name)s: %(n)d insight loaded.", "%(name)s: %(n)d insights loaded.", done.insights
    )
    return Loaded(words % {"name": name, "n": done.insights})


def initiatives(region: "Region", name: str, content: bytes) -> Loaded:
    """A CSV or Excel table of initiatives."""
    try:
        done = initiative_services.load_initiatives(
            region=region, name=name, content=content, by=system_user()
        )
    except InitiativesRefused as refused:
        raise Refused(*finding_lines(refused.findings)) from refused
    if not done.was_new:
        return Loaded(_unchanged(name))
    words = ngettext(
        "%(name)s: %(read)d initiative read; new: %(added)d, changed: %(changed)d.",
        "%(name)s: %(read)d initiatives read, %(added)d of them new, %(changed)d changed.",
        done.read,
    )
    numbers = {"name": name, "read": done.read, "added": done.added, "changed": done.changed}
    return Loaded(words % numbers)


KINDS: Mapping[str, Callable[["Region", str, bytes], Loaded]] = {
    "figures": figures,
    "waiting-times": waiting_times,
    "offers": offers,
    "care-system": care_system,
    "initiatives": initiatives,
    "insights": insights,
    "scenario": scenario,
}


def shipped() -> Iterator[str]:
    """Loads what ships with Vliegwiel, and says of each part what it is."""
    for step in FACT_STEPS:
        yield f"{step.title}: {step.load(_no_report)}"


def _no_report(_done: int, _total: int) -> None:
    """A line a step says enough: none takes more than seconds."""


def _unchanged(name: str) -> str:
    return _("%(name)s had been loaded before. Nothing changed.") % {"name": name}


def finding_lines(found: Sequence[Finding]) -> list[str]:
    """Errors first; what only stands out is marked as such."""
    errors = [item for item in found if item.severity is Severity.ERROR]
    remarks = [item for item in found if item.severity is not Severity.ERROR]
    return [
        *(_finding(item) for item in errors),
        *(_("Note: %(finding)s") % {"finding": _finding(item)} for item in remarks),
    ]


def _finding(item: Finding) -> str:
    where = f"{item.file}: {item.place} ({item.path}): " if item.path else f"{item.file}: "
    return f"{where}{item.message} {item.suggestion}".strip()


def _faults(name: str, faults: "Sequence[Fault]") -> list[str]:
    return [
        f"{name}: {found.path}: {fault(found)}" if found.path else f"{name}: {fault(found)}"
        for found in faults
    ]
