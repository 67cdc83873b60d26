"""The facts that ship with Vliegwiel, loaded through the same services that a region uses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from vliegwiel import reference
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions import services as region_services
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import RegionFacts

from .language import gettext as _

Report = Callable[[int, int], None]

# The division of municipalities over regions that reference/regions.csv holds.
DIVISION_DATE = date(2026, 1, 1)
DEMO_PASSWORD = "samen-leren-2026"  # noqa: S105  (printed on the screen; the demo is for one machine)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    email: str
    name: str
    roles: Mapping[str, Role]


DEMO_LOGINS = (
    DemoLogin(
        "programma@demo.example",
        "Programma Manager (verzonnen)",
        {"JZ07": Role.PROGRAMME_MANAGER, "JZ14": Role.PROGRAMME_MANAGER},
    ),
    DemoLogin(
        "analist@demo.example",
        "Data Analist (verzonnen)",
        {"JZ07": Role.ANALYST, "JZ14": Role.ANALYST},
    ),
    DemoLogin("project@demo.example", "Project Leider (verzonnen)", {"JZ07": Role.PROJECT_LEAD}),
    DemoLogin("raad@demo.example", "Raads Lid (verzonnen)", {"JZ07": Role.READER}),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to load: says what it did in a few words."""

    title: str
    load: Callable[[Report], str]


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


def make_logins(report: Report) -> str:
    for done, login in enumerate(DEMO_LOGINS, start=1):
        roles = [
            (region, role)
            for code, role in login.roles.items()
            if (region := regions.region_by_code(code)) is not None
        ]
        region_services.make_user(
            email=login.email, name=login.name, password=DEMO_PASSWORD, roles=roles
        )
        report(done, len(DEMO_LOGINS))
    return _("%(number)d demo logins") % {"number": len(DEMO_LOGINS)}
