"""Care systems and scenarios as documents: every version is kept."""

from django.db import transaction
from django.utils.text import slugify

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.errors import DocumentRefused, NameTaken
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion
from vliegwiel.apps.explorer.naming import Names
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import (
    DocumentError,
    Scenario,
    document_hash,
    read_care_system,
    read_scenario,
    write_document,
)

_LONGEST_IDENTIFIER = 60
_OWN = "-own"


@transaction.atomic
def load_care_system(*, region: Region, document: str | bytes, by: User) -> CareSystemVersion:
    """Keeps the document as the newest care system of `region`; the same document changes nothing.

    Raises DocumentRefused with all faults, NotAllowed without the right `care_system.load`.
    """
    rights.require(by, "care_system.load", region)
    try:
        system = read_care_system(document)
    except DocumentError as error:
        raise DocumentRefused(error.faults) from error
    version, _created = CareSystemVersion.objects.get_or_create(
        region=region,
        content_hash=document_hash(system),
        defaults={
            "identifier": system.id,
            "version": system.version,
            "document": write_document(system),
            "loaded_by": by,
        },
    )
    return version


@transaction.atomic
def load_example(
    *, care_system: CareSystemVersion, document: str | bytes, by: User
) -> ScenarioVersion:
    """Keeps a scenario that ships with the product; the same document changes nothing.

    Nobody changes an example: who tries gets a copy. Raises DocumentRefused with all faults,
    NotAllowed without the right `care_system.load`.
    """
    rights.require(by, "care_system.load", care_system.region)
    scenario = _read(document, care_system)
    same = _latest(care_system, scenario.id)
    if same is not None and same.content_hash == document_hash(scenario):
        return same
    return _keep(care_system, scenario, by=by, copied_from=same, shipped=True)


@transaction.atomic
def load_scenario(
    *, care_system: CareSystemVersion, document: str | bytes, by: User
) -> ScenarioVersion:
    """Keeps a region's own scenario on `care_system`; the same document changes nothing.

    It becomes the next version of the scenario with its identifier; an identifier that an example
    has gets `-own` behind it.
    Raises DocumentRefused with all faults, NameTaken when another scenario of the region has the
    title, NotAllowed without the right `care_system.load`.
    """
    region = care_system.region
    rights.require(by, "care_system.load", region)
    scenario = _read(document, care_system)
    same = _latest(care_system, scenario.id)
    if same is not None and same.shipped:
        identifier = f"{scenario.id[: _LONGEST_IDENTIFIER - len(_OWN)]}{_OWN}"
        scenario = scenario.model_copy(update={"id": identifier})
    return _keep_own(care_system, scenario, by=by)


@transaction.atomic
def make_scenario(*, region: Region, document: str | bytes, by: User) -> ScenarioVersion:
    """Keeps a scenario that was made of something else, such as the hypothesis of an initiative.

    It becomes the next version of the scenario with its identifier, on the region's newest care
    system; the same document changes nothing.
    Raises CareSystemVersion.DoesNotExist where the region has none, DocumentRefused with all
    faults, NameTaken when another scenario of the region has the title, NotAllowed without the
    right `scenario.edit`.
    """
    rights.require(by, "scenario.edit", region)
    care_system = CareSystemVersion.objects.select_for_update().filter(region=region).latest("pk")
    return _keep_own(care_system, _read(document, care_system), by=by)


@transaction.atomic
def save_scenario(*, source: ScenarioVersion, document: str | bytes, by: User) -> ScenarioVersion:
    """Keeps a changed scenario: a copy of a shipped one, or the next version of one's own.

    A shipped scenario is never changed: its first change becomes a scenario with an identifier
    made from the new title. Saving without a change gives `source` back. What is saved stands on
    the region's newest care system.
    Raises DocumentRefused with all faults, NameTaken when another scenario of the region has the
    title, NotAllowed without the right `scenario.edit`.
    """
    region = source.care_system.region
    rights.require(by, "scenario.edit", region)
    # Locked, so that two people who save at once get two versions, one after the other.
    care_system = CareSystemVersion.objects.select_for_update().filter(region=region).latest("pk")
    scenario = _read(document, care_system)
    if care_system == source.care_system and document_hash(scenario) == source.content_hash:
        return source
    identifier = source.identifier
    if source.shipped:
        identifier = _free_identifier(care_system, scenario, source.identifier)
    if queries.names_beside(source).has(scenario.title):
        raise NameTaken(scenario.title.nl)
    scenario = scenario.model_copy(update={"id": identifier})
    return _keep(care_system, scenario, by=by, copied_from=source, shipped=False)


def _keep_own(care_system: CareSystemVersion, scenario: Scenario, *, by: User) -> ScenarioVersion:
    """The next version of a region's own scenario, under a title that no other has."""
    same = _latest(care_system, scenario.id)
    if same is not None and same.content_hash == document_hash(scenario):
        return same
    others = queries.titles_of(care_system.region).items()
    if Names.of(t for name, t in others if name != scenario.id).has(scenario.title):
        raise NameTaken(scenario.title.nl)
    return _keep(care_system, scenario, by=by, copied_from=same, shipped=False)


def _read(document: str | bytes, care_system: CareSystemVersion) -> Scenario:
    try:
        return read_scenario(document, read_care_system(care_system.document))
    except DocumentError as error:
        raise DocumentRefused(error.faults) from error


def _latest(care_system: CareSystemVersion, identifier: str) -> ScenarioVersion | None:
    return care_system.scenarios.filter(identifier=identifier).order_by("-number").first()


def _keep(
    care_system: CareSystemVersion,
    scenario: Scenario,
    *,
    by: User,
    copied_from: ScenarioVersion | None,
    shipped: bool,
) -> ScenarioVersion:
    latest = _latest(care_system, scenario.id)
    return ScenarioVersion.objects.create(
        care_system=care_system,
        identifier=scenario.id,
        number=latest.number + 1 if latest else 1,
        document=write_document(scenario),
        content_hash=document_hash(scenario),
        shipped=shipped,
        copied_from=copied_from,
        made_by=by,
    )


def _free_identifier(care_system: CareSystemVersion, scenario: Scenario, base: str) -> str:
    """An identifier from the title that no scenario of this care system has yet."""
    words = slugify(scenario.title.nl).lstrip("-_0123456789") or base
    stem = words[: _LONGEST_IDENTIFIER - 5].rstrip("-_")
    taken = set(care_system.scenarios.values_list("identifier", flat=True))
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate
