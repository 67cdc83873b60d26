"""Providers by code and name: those with an offer, and those that messages name by code alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.apps.offers.models import Offer, Provider
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories.queries import overview, situation
from vliegwiel.science.trajectories import OTHERS, Split


@dataclass(frozen=True, slots=True)
class KnownProvider:
    """`title` is empty for a provider that the published waiting times name by code alone."""

    code: str
    title: str
    offers: int


def provider_names(region: Region) -> Mapping[str, str]:
    """AGB code to name."""
    rows = Provider.objects.filter(region=region, replaced_at__isnull=True)
    return dict(rows.values_list("code", "title"))


def known_providers(region: Region) -> Sequence[KnownProvider]:
    """Every provider with a name or with figures of its own, those without a name first."""
    names = dict(provider_names(region))
    codes = list(Offer.objects.filter(region=region).values_list("provider_code", flat=True))
    shown = overview(situation(region))
    tables = shown.tables if shown is not None else ()
    measured = {
        row.key for table in tables if table.split is Split.PROVIDER for row in table.rows
    } - {OTHERS}
    found = [
        KnownProvider(code, names.get(code, ""), codes.count(code))
        for code in names.keys() | set(codes) | measured
    ]
    return sorted(found, key=lambda item: (bool(item.title), item.title.casefold(), item.code))
