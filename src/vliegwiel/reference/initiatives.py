"""The innovation landscape, the palette of proposals and the programmes, in our own words."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from .files import read_text
from .texts import BilingualText, Shipped


class CatalogueItem(Shipped):
    """Something that the source names; `place` is where it does."""

    key: str
    title: BilingualText
    summary: BilingualText
    place: str


class CatalogueTheme(CatalogueItem):
    """`dominant` are those on which youth care concentrates."""

    dominant: bool


class CatalogueSubject(Shipped):
    key: str
    title: BilingualText


class CatalogueFactor(CatalogueItem):
    """A chance or a barrier; `subject` is the key of its subject."""

    subject: str


class CatalogueInitiative(CatalogueItem):
    """A project or an innovation of the catalogue; an empty `stage` is one that is not said."""

    stage: str
    themes: list[str]
    questions: list[str]
    actors: list[str]
    cooperation: list[str]
    financing: list[str]
    weight: str
    factors: list[str]
    trends: list[str]


class InnovationCatalogue(Shipped):
    """The landscape as the study of 2023 drew it; which keys belong to what is our reading."""

    version: int
    source: str
    themes: list[CatalogueTheme]
    questions: list[CatalogueItem]
    actors: list[CatalogueItem]
    cooperation: list[CatalogueItem]
    trends: list[CatalogueItem]
    chance_subjects: list[CatalogueSubject]
    chances: list[CatalogueFactor]
    barrier_subjects: list[CatalogueSubject]
    barriers: list[CatalogueFactor]
    projects: list[CatalogueInitiative]
    innovations: list[CatalogueInitiative]
    transfer_steps: list[CatalogueItem]


class ProposalRequirement(Shipped):
    """What a good proposal has; `fields` are the parts of a proposal that answer to it."""

    key: str
    title: BilingualText
    place: str
    fields: list[str]


class PaletteProposal(Shipped):
    key: str
    title: BilingualText
    summary: BilingualText
    place: str
    question: BilingualText


class ProposalPalette(Shipped):
    """`hypothesis` is the one that every proposal of the palette has."""

    version: int
    source: str
    requirements: list[ProposalRequirement]
    hypothesis: BilingualText
    proposals: list[PaletteProposal]


class Programme(Shipped):
    key: str
    title: BilingualText


class RegionProgrammes(Shipped):
    source: str
    place: str
    programmes: list[Programme]


class ExampleChange(Shipped):
    target: str
    operation: str
    to: str
    low: float
    likely: float
    high: float


class ExampleHypothesis(Shipped):
    for_whom: BilingualText
    judgement: BilingualText
    starts_on: date
    ramp_months: int
    municipalities: list[str]
    changes: list[ExampleChange]


class ExampleInitiative(Shipped):
    """A starting point that a region wrote down; what is more than its place says is our example.

    `proposal` maps parts of a proposal to a text in Dutch, as somebody of the region would type it.
    """

    title: BilingualText
    summary: BilingualText
    place: str
    insight: int
    stage: str
    themes: list[str]
    questions: list[str]
    actors: list[str]
    cooperation: list[str]
    weight: str
    factors: list[str]
    programmes: list[str]
    proposal: Mapping[str, str]
    hypothesis: ExampleHypothesis | None


class RegionExamples(Shipped):
    source: str
    initiatives: list[ExampleInitiative]


class _Examples(Shipped):
    version: int
    regions: Mapping[str, RegionExamples]


class _Programmes(Shipped):
    version: int
    regions: Mapping[str, RegionProgrammes]


@cache
def innovation_catalogue() -> InnovationCatalogue:
    """The catalogue that ships, the same for every region."""
    return TypeAdapter(InnovationCatalogue).validate_json(
        read_text("initiatives", "catalogue.json")
    )


@cache
def proposal_palette() -> ProposalPalette:
    """The requirements of a proposal and the proposals to start from."""
    return TypeAdapter(ProposalPalette).validate_json(read_text("initiatives", "proposals.json"))


@cache
def example_initiatives(region_slug: str) -> RegionExamples | None:
    """The examples for a demonstration of this region; None where there are none."""
    found = TypeAdapter(_Examples).validate_json(read_text("initiatives", "examples.json"))
    return found.regions.get(region_slug)


@cache
def programmes_of(region_slug: str) -> RegionProgrammes | None:
    """The programmes that an initiative of this region may overlap; None where none are known."""
    found = TypeAdapter(_Programmes).validate_json(read_text("initiatives", "programmes.json"))
    return found.regions.get(region_slug)
