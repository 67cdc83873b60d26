"""What pilots measured comes into the model: recorded, and put into a scenario."""

from collections.abc import Sequence

from django.db import transaction

from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.known import MEASURED_FIELDS, MeasuredSize, with_known
from vliegwiel.apps.explorer.models import KnownEffect, ScenarioVersion
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import write_document

from .documents import save_scenario


@transaction.atomic
def record_effects(*, region: Region, sizes: Sequence[MeasuredSize], by: User) -> int:
    """Keeps measured sizes of changes for the scenarios of `region`; says how many are new.

    The same size again changes nothing; another one of the same change counts from now on, and the
    old one stays. Raises NotAllowed without the right `scenario.edit`.
    """
    rights.require(by, "scenario.edit", region)
    Region.objects.select_for_update().get(pk=region.pk)
    known = queries.known_effects(region)
    new = [one for one in sizes if known.get(one.address) != one]
    KnownEffect.objects.bulk_create(
        KnownEffect(
            region=region,
            **{name: getattr(one, name) for name in MEASURED_FIELDS},
            why_nl=one.why.nl,
            why_en=one.why.en,
            evidence=list(one.evidence),
            by=by,
        )
        for one in new
    )
    return len(new)


@transaction.atomic
def take_measured_sizes(*, source: ScenarioVersion, by: User) -> ScenarioVersion:
    """Saves the scenario with every measured size that is known of its changes.

    Without any it gives `source` back. Raises what `save_scenario` raises.
    """
    region = source.care_system.region
    rights.require(by, "scenario.edit", region)
    old = queries.scenario(source)
    changed = with_known(old, queries.known_effects(region))
    if changed == old:
        return source
    names = queries.names_beside(source)
    if names.has(changed.title):
        changed = changed.model_copy(update={"title": names.suggested(changed.title)})
    return save_scenario(source=source, document=write_document(changed), by=by)
