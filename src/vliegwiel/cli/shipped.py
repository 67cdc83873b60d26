"""The facts that ship with Vliegwiel, loaded through the same services that a region uses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from vliegwiel import reference
from vliegwiel.apps.agenda import services as agenda_services
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.limits import DEFAULTS
from vliegwiel.apps.explorer.sentences import fault
from vliegwiel.apps.figures import services as figure_services
from vliegwiel.apps.initiatives import services as initiative_services
from vliegwiel.apps.insights import InsightsRefused
from vliegwiel.apps.insights import services as insight_services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions import services as region_services
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts
from vliegwiel.apps.yardstick import services as yardstick_services

from .language import gettext as _
from .language import ngettext
from .logins import DEMO_LOGINS, DEMO_PASSWORD
from .shipped_box import load_municipal_figures, make_offers
from .shipped_decisions import keep_made_up_evidence
from .shipped_instruments import load_instruments, make_rounds
from .shipped_messages import deliver_messages
from .shipped_pilot_work import make_pilot_work
from .shipped_pilots import make_pilots
from .steps import Report, Work

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region

# The division of municipalities over regions that reference/regions.csv holds.
DIVISION_DATE = date(2026, 1, 1)
# The regions of which more ships than their municipalities.
SHIPPED_REGIONS = ("ijsselland", "twente")

# The region of which the demo shows made-up work.
DEMO_REGION = "ijsselland"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to load: says what it did in a few words."""

    title: str
    load: Work


def _region_facts() -> Iterator[RegionFacts]:
    rows = sorted(reference.municipality_rows(), key=lambda row: row.region_code)
    for code, group in groupby(rows, key=lambda row: row.region_code):
        municipalities = list(group)
        yield RegionFacts(
            code=code,
            name=municipalities[0].region,
            municipalities=[(row.code, row.name) for row in municipalities],
            since=DIVISION_DATE,
        )


def load_regions(report: Report) -> str:
    facts = list(_region_facts())
    region_services.load_regions(regions=facts, by=region_services.system_user())
    report(len(facts), len(facts))
    return _("%(regions)d regions, %(municipalities)d municipalities") % {
        "regions": len(facts),
        "municipalities": sum(len(f.municipalities) for f in facts),
    }


def load_figures(report: Report) -> str:
    by = region_services.system_user()
    figure_services.load_sources(by=by)
    yardstick_services.load_library(by=by)
    read = 0
    for done, region in enumerate(_shipped_regions(), start=1):
        loads = figure_services.load_shipped_figures(region=region, by=by)
        read += sum(load.read for load in loads)
        report(done, len(SHIPPED_REGIONS))
    return _("%(number)d figures with their source") % {"number": read}


def load_waiting_times(report: Report) -> str:
    by = region_services.system_user()
    rows = 0
    for done, region in enumerate(_shipped_regions(), start=1):
        for delivery in figure_services.load_shipped_waiting_times(region=region, by=by):
            rows = delivery.rows
        report(done, len(SHIPPED_REGIONS))
    return _("%(number)d statements of providers in Twente") % {"number": rows}


def load_insights(report: Report) -> str:
    by = region_services.system_user()
    insights, refused = 0, []
    for region in _shipped_regions():
        try:
            insights += insight_services.load_shipped(region=region, by=by).insights
        except InsightsRefused as problem:
            # What the region wrote itself stays; the rest of what ships is loaded all the same.
            faults = " ".join(fault(found) for found in problem.faults)
            refused.append(f"{region.name}: {faults}")
        insight_services.load_shipped_terms(region=region, by=by)
    report(1, 1)
    words = _("%(number)d insights") % {"number": insights}
    if refused:
        not_loaded = _("not loaded: %(regions)s") % {"regions": " ".join(refused)}
        return f"{words}; {not_loaded}"
    return words


def load_initiatives(report: Report) -> str:
    """The catalogue of innovation, the same for everybody."""
    number = initiative_services.load_catalogue(by=region_services.system_user())
    report(1, 1)
    return _("%(number)d innovations of the catalogue") % {"number": number}


def make_initiatives(report: Report) -> str:
    """Marked examples of initiatives in the region of the demo; once."""
    region = regions.region_by_slug(DEMO_REGION)
    by = region_services.system_user()
    number = 0 if region is None else initiative_services.load_examples(region=region, by=by)
    report(1, 1)
    words = ngettext("%(number)d initiative", "%(number)d initiatives", number)
    return words % {"number": number}


def load_care_systems(report: Report) -> str:
    """Those of the regions that are here; the practice region is of nobody."""
    by = region_services.system_user()
    systems = scenarios = 0
    names = reference.care_system_names()
    for done, name in enumerate(names, start=1):
        region, file = regions.region_by_slug(name), reference.care_system_file(name)
        if region is not None and file is not None:
            systems += 1
            version = explorer_services.load_care_system(
                region=region, document=file.content, by=by
            )
            for scenario in reference.scenario_files(version.identifier):
                explorer_services.load_example(
                    care_system=version, document=scenario.content, by=by
                )
                scenarios += 1
        report(done, len(names))
    return ", ".join(
        words % {"number": number}
        for words, number in (
            (ngettext("%(number)d care system", "%(number)d care systems", systems), systems),
            (ngettext("%(number)d scenario", "%(number)d scenarios", scenarios), scenarios),
        )
    )


def make_forecasts(report: Report) -> str:
    """Makes the first forecast at once, for the first visitor; the worker makes the rest."""
    by = region_services.system_user()
    summaries = [
        summary
        for region in _shipped_regions()
        for summary in explorer.scenarios_of(region)
        if summary.version.shipped
    ]
    ready = [summary for summary in summaries if summary.last_done is not None]
    asked = [
        explorer_services.start_run(scenario=summary.version, by=by, **DEFAULTS)
        for summary in summaries
        if summary not in ready
    ]
    if asked and not ready:
        explorer_services.work_on_run(run_id=asked[0].pk)
    report(1, 1)
    return _("%(ready)d ready, %(asked)d made in the background") % {
        "ready": len(summaries) - len(asked) + bool(asked and not ready),
        "asked": len(asked) - bool(asked and not ready),
    }


def make_agenda(report: Report) -> str:
    """Publishes the agenda that ships for the region of the demo, marked as an example; once."""
    region = regions.region_by_slug(DEMO_REGION)
    if region is None:
        return _("no region to make it for")
    number = agenda_services.load_example_versions(region=region, by=region_services.system_user())
    report(1, 1)
    words = ngettext("%(number)d version as example", "%(number)d versions as example", number)
    return words % {"number": number}


def _shipped_regions() -> Iterator["Region"]:
    for slug in SHIPPED_REGIONS:
        region = regions.region_by_slug(slug)
        if region is not None:
            yield region


def make_logins(report: Report) -> str:
    for done, login in enumerate(DEMO_LOGINS, start=1):
        roles = [
            (region, Role(role))
            for code, role in login.roles.items()
            if (region := regions.region_by_code(code)) is not None
        ]
        # Making or checking a password is slow on purpose; a second start leaves them alone.
        if regions.user_by_email(login.email) is None:
            region_services.make_user(
                email=login.email, name=login.name, password=DEMO_PASSWORD, roles=roles
            )
        report(done, len(DEMO_LOGINS))
    return _("%(number)d demo logins") % {"number": len(DEMO_LOGINS)}


FACT_STEPS = (
    Step(_("Regions"), load_regions),
    Step(_("Regional figures"), load_figures),
    Step(_("Published waiting times"), load_waiting_times),
    Step(_("Insights"), load_insights),
    Step(_("Innovation catalogue"), load_initiatives),
    Step(_("Care system"), load_care_systems),
    Step(_("Instruments"), load_instruments),
)
DEMO_STEPS = (
    *FACT_STEPS,
    Step(_("Forecasts"), make_forecasts),
    Step(_("Offers of help"), make_offers),
    Step(_("Figures of municipalities"), load_municipal_figures),
    Step(_("Care messages"), deliver_messages),
    Step(_("Rounds"), make_rounds),
    Step(_("Initiatives"), make_initiatives),
    Step(_("Innovation agenda"), make_agenda),
    Step(_("Pilots"), make_pilots),
    Step(_("Work on pilots"), make_pilot_work),
    Step(_("Evidence of pilots"), keep_made_up_evidence),
    Step(_("People of the demo"), make_logins),
)
