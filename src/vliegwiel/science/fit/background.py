"""What messages do not tell of a region: names, prices, the norm, how many youths live there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from vliegwiel.science.caresystem import Assumed, CareSystem, Quantity, Text

Group: TypeAlias = Literal["light", "ambulant", "residential", "crisis", "protection"]


@dataclass(frozen=True, slots=True)
class CareKind:
    """What a care type is called, to which group it belongs, and what it costs."""

    label: Text
    group: Group
    cost_per_day: Quantity
    cost_per_start: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a document needs besides estimates.

    ``data`` names the data that were fitted (title and publisher). ``municipalities`` are names by
    code, ``sources`` labels by name of source, ``care_types`` what is known of care types by id;
    what is not in them gets a plain label, and no price.
    """

    id: str
    version: str
    title: Text
    region: str
    youths: Quantity
    norm_days: Quantity
    data: str
    publisher: str
    municipalities: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Text] = field(default_factory=dict)
    care_types: Mapping[str, CareKind] = field(default_factory=dict)

    def kind(self, care_type: str) -> CareKind:
        """What is known of a care type."""
        found = self.care_types.get(care_type)
        if found is not None:
            return found
        group, nl, en = _FORMS.get(care_type, ("ambulant", care_type, care_type))
        return CareKind(Text(nl=nl, en=en), group, _no_price("euro/day"), _no_price("euro"))

    def source(self, name: str) -> Text:
        """What a source is called."""
        if name in self.sources:
            return self.sources[name]
        nl, en = _REFERRERS.get(name, (name, name))
        return Text(nl=nl, en=en)


def background_of(
    system: CareSystem, *, name: str, version: str, title: Text, data: str, publisher: str
) -> Background:
    """What another care system of the same region tells, of which the numbers are taken over.

    A number that is taken over is an assumption here, with the same range when it had one.
    """

    def taken(quantity: Quantity) -> Quantity:
        origin = quantity.provenance
        low = getattr(origin, "low", quantity.value)
        high = getattr(origin, "high", quantity.value)
        why = Text(
            nl=f"Overgenomen van het zorgstelsel “{system.title.nl}”, versie {system.version}.",
            en=f"Taken over from the care system “{system.title.en}”, version {system.version}.",
        )
        assumed = Assumed(kind="assumed", low=low, high=high, why=why)
        return quantity.model_copy(update={"provenance": assumed})

    return Background(
        id=name,
        version=version,
        title=title,
        region=system.region,
        youths=taken(system.youths),
        norm_days=taken(system.norm_days),
        data=data,
        publisher=publisher,
        municipalities={m.code: m.name for m in system.municipalities},
        sources={referrer.id: referrer.label for referrer in system.referrers},
        care_types={
            care.id: CareKind(
                care.label, care.group, taken(care.cost_per_day), taken(care.cost_per_start)
            )
            for care in system.care_types
        },
    )


def _no_price(unit: Literal["euro/day", "euro"]) -> Quantity:
    why = Text(
        nl="De berichten noemen geen prijs. Vul er een in; tot dan telt deze zorg als gratis.",
        en="The messages name no price. Fill one in; until then this care counts as free.",
    )
    return Quantity(
        value=0.0, unit=unit, provenance=Assumed(kind="assumed", low=0.0, high=0.0, why=why)
    )


#: Forms of care of the messages: group and names.
_FORMS: Mapping[str, tuple[Group, str, str]] = MappingProxyType(
    {
        "neighbourhood_team": ("light", "Lokaal team", "Neighbourhood team"),
        "outpatient": ("ambulant", "Ambulante hulp op locatie", "Outpatient care"),
        "ambulant": ("ambulant", "Ambulante hulp", "Ambulant care"),
        "own_network": ("ambulant", "Hulp in het netwerk van de jeugdige", "Help at home"),
        "day_help": ("ambulant", "Daghulp", "Day help"),
        "tailored": ("ambulant", "Maatwerk", "Tailored care"),
        "unknown": ("ambulant", "Onbekende vorm", "Unknown form"),
        "foster_care": ("residential", "Pleegzorg", "Foster care"),
        "family_type": ("residential", "Gezinsgerichte hulp", "Family-type care"),
        "other_residence": ("residential", "Ander verblijf", "Other residence"),
        "with_residence": ("residential", "Hulp met verblijf", "Care with residence"),
        "secure": ("residential", "Gesloten plaatsing", "Secure placement"),
        "crisis": ("crisis", "Crisishulp", "Crisis help"),
        "protection": ("protection", "Jeugdbescherming", "Child protection"),
        "probation": ("protection", "Jeugdreclassering", "Youth probation"),
        "preventive_judicial": (
            "protection", "Preventief justitieel kader", "Preventive judicial framework"
        ),
    }
)  # fmt: skip
_REFERRERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "municipality": ("Gemeente", "Municipality"),
        "general_practitioner": ("Huisarts", "General practitioner"),
        "youth_doctor": ("Jeugdarts", "Youth doctor"),
        "certified_institution": ("Gecertificeerde instelling", "Certified institution"),
        "medical_specialist": ("Medisch specialist", "Medical specialist"),
        "judge_or_prosecutor": ("Rechter of officier van justitie", "Judge or prosecutor"),
        "none": ("Geen verwijzer", "No referrer"),
        "unknown": ("Verwijzer onbekend", "Referrer unknown"),
        "returned": ("Terug na eerdere hulp", "Back after earlier care"),
    }
)
