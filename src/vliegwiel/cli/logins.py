"""The people of the demonstration: made up, one for each role."""

from collections.abc import Mapping
from dataclasses import dataclass

DEMO_PASSWORD = "samen-leren-2026"  # noqa: S105  (printed on the screen; the demo is for one machine)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    email: str
    name: str
    roles: Mapping[str, str]


DEMO_LOGINS = (
    DemoLogin(
        "programma@demo.example",
        "Programmamanager (verzonnen)",
        {"JZ07": "programme_manager", "JZ14": "programme_manager"},
    ),
    DemoLogin(
        "analist@demo.example",
        "Data-analist (verzonnen)",
        {"JZ07": "analyst", "JZ14": "analyst"},
    ),
    DemoLogin("project@demo.example", "Projectleider (verzonnen)", {"JZ07": "project_lead"}),
    DemoLogin("raad@demo.example", "Raadslid (verzonnen)", {"JZ07": "reader"}),
)
