"""Words that an observation, an insight and a term are described with, and how long texts are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_OBSERVATION = 2_000
LONGEST_TITLE = 200
MOST_CHANCES = 20
SHORTEST_WORD = 3
LONGEST_WORD = 80
LONGEST_PARTY = 120
LONGEST_MEANING = 1_000
#: A document numbers its insights up to here, a region its own from the next one on: agendas and
#: initiatives keep these numbers, so that none may ever be given twice or change.
LARGEST_IN_DOCUMENT = 1_000


def has_number(number: int) -> bool:
    """Whether readers know an insight by its number: as published, not one of the region's own."""
    return number <= LARGEST_IN_DOCUMENT


def numbered(number: int, title: str) -> str:
    """How readers call an insight."""
    return f"{number}. {title}" if has_number(number) else title


class ObservationKind(models.TextChoices):
    """How we came to know something."""

    INTERVIEW = "interview", _("Interview")
    SESSION = "session", _("Session")
    REPORT = "report", _("Report")
    FIGURE = "figure", _("Figure")
    QUOTE = "quote", _("Quote")


class SourceRole(models.TextChoices):
    """Who said it or wrote it: a role, never a name."""

    YOUTH = "youth", _("Youth")
    PARENT = "parent", _("Parent or family")
    CLIENT_COUNCIL = "client_council", _("Client council")
    MUNICIPAL_ACCESS = "municipal_access", _("Municipal access")
    LOCAL_TEAM = "local_team", _("Local team")
    GP = "gp", _("General practitioner")
    SCHOOL = "school", _("School")
    PROVIDER = "provider", _("Provider")
    CERTIFIED = "certified", _("Certified institution")
    POLICY = "policy", _("Policy or purchasing")
    RESEARCHER = "researcher", _("Researcher")
    OTHER = "other", _("Somebody else")


class PriorityLevel(models.TextChoices):
    FOCUS = "focus", _("Focus now")
    LONG_TERM = "long_term", _("Long term")
