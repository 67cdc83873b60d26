"""A scenario in words: what changes, how much, where and when, and what differs from another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.science.caresystem import CareSystem, Intervention, Scenario, Stage

from . import kinds
from .edits import Rollout, rollout_of
from .sentences import uncapitalised
from .sizes import Size, scale_of, size_of


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind; `places` says where each stands in the scenario."""

    label: str
    places: Sequence[int]


def groups(scenario: Scenario) -> Sequence[Group]:
    """The changes by kind, kinds and changes in the order of the scenario."""
    labels = [str(kinds.kind_of(item).label) for item in scenario.interventions]
    first = {label: labels.index(label) for label in labels}
    ordered = sorted(range(len(labels)), key=lambda place: (first[labels[place]], place))
    return [
        Group(label, tuple(places))
        for label, places in groupby(ordered, key=lambda place: labels[place])
    ]


def subject(item: Intervention, system: CareSystem) -> str:
    """What changes, to stand below the heading of its group."""
    return capfirst(kinds.subject(item, system))


def what(item: Intervention, system: CareSystem) -> str:
    """What changes, to stand by itself."""
    found = kinds.subject(item, system)
    if kinds.says_all(item):
        return capfirst(found)
    words = {"kind": kinds.kind_of(item).label, "subject": uncapitalised(found)}
    if item.target.startswith("referrers."):
        return _("%(kind)s by %(subject)s") % words
    return _("%(kind)s in %(subject)s") % words


def how_much(item: Intervention, size: Size | None = None) -> str:
    """25% shorter: the likeliest size, of the document or another."""
    scale = scale_of(item)
    words = scale.words(scale.show((size or size_of(item.size)).value))
    if item.operation == "move":
        return _("%(share)s of these youths") % {"share": words}
    return _("becomes %(number)s") % {"number": words} if item.operation == "set" else words


def how_sure(item: Intervention, size: Size | None = None) -> str:
    """uncertain: 5 to 40% shorter; of the size in the document or another."""
    scale = scale_of(item)
    shown = scale.show_size(size or size_of(item.size))
    if shown.low == shown.high:
        return _("without a range")
    return _("uncertain: %(range)s") % {"range": scale.range_words(shown)}


def rollout(scenario: Scenario, system: CareSystem) -> str:
    """Where and when the scenario begins: in a sentence, or one for changes that begin alike."""
    kinds_of_stages = {
        frozenset(stage.municipalities == "all" for stage in item.stages)
        for item in scenario.interventions
    }
    if len(kinds_of_stages) == 1:
        return _in_words(rollout_of(scenario), system)
    # Together they would say that one change is first somewhere, and everywhere as well.
    alike: dict[str, list[str]] = {}
    for item in scenario.interventions:
        alone = scenario.model_copy(update={"interventions": (item,)})
        when = uncapitalised(_in_words(rollout_of(alone), system))
        alike.setdefault(when, []).append(uncapitalised(what(item, system)))
    return " ".join(
        f"{capfirst(get_text_list(whats, _('and')))}: {when}" for when, whats in alike.items()
    )


def _in_words(found: Rollout, system: CareSystem) -> str:
    return capfirst("; ".join(_rollout_parts(found, system))) + "."


def later(item: Intervention, scenario: Scenario, system: CareSystem) -> str:
    """Where and when this change begins, when that is later than the scenario; else nothing."""
    common = rollout_of(scenario)
    starts = {True: common.everywhere_from, False: common.first_from}
    if all(stage.from_ == starts[stage.municipalities == "all"] for stage in item.stages):
        return ""
    return _("Begins later: %(when)s.") % {
        "when": "; ".join(_stage(stage, system) for stage in item.stages)
    }


def differences(
    old: Scenario, new: Scenario, *, old_system: CareSystem, system: CareSystem
) -> Sequence[str]:
    """What `new` has otherwise than `old`, each in a phrase; nothing when they do the same.

    `old_system` and `system` are what each works on, with its own new care types.
    """
    return [*_other_sizes(old, new, old_system, system), *_other_rollout(old, new, system)]


def _other_sizes(
    old: Scenario, new: Scenario, old_system: CareSystem, system: CareSystem
) -> Iterator[str]:
    before = {_key(item): item for item in old.interventions}
    now = {_key(item): item for item in new.interventions}
    for key, item in now.items():
        was = before.get(key)
        words = {"what": uncapitalised(what(item, system)), "now": how_much(item)}
        if was is None:
            yield _("new: %(what)s, %(now)s") % words
        elif was.size.value != item.size.value:
            yield _("%(what)s: %(now)s (was %(was)s)") % {**words, "was": how_much(was)}
        elif size_of(was.size) != size_of(item.size):
            words |= {"sure": how_sure(item)}
            yield _("%(what)s: another range (%(sure)s)") % words
    for key, item in before.items():
        if key not in now:
            yield _("without: %(what)s") % {"what": uncapitalised(what(item, old_system))}


def _key(item: Intervention) -> tuple[str, str, str | None]:
    return item.target, item.operation, item.to


def _other_rollout(old: Scenario, new: Scenario, system: CareSystem) -> Iterator[str]:
    was, now = rollout_of(old), rollout_of(new)
    before = {*_rollout_parts(was, system)}
    yield from (part for part in _rollout_parts(now, system) if part not in before)
    if now.first_from is None and was.first_from is not None:
        yield _("nowhere first")
    if now.everywhere_from is None and was.everywhere_from is not None:
        yield _("not everywhere later")


def _rollout_parts(found: Rollout, system: CareSystem) -> Iterator[str]:
    if found.first_from is not None:
        yield (
            _("first in %(where)s from %(month)s")
            % {
                "where": _names(found.municipalities, system),
                "month": date_format(found.first_from, "F Y"),
            }
            + _for_whom(found.first_share)
            + _grows(found.first_ramp)
        )
    if found.everywhere_from is not None:
        yield (
            _("everywhere from %(month)s") % {"month": date_format(found.everywhere_from, "F Y")}
            + _for_whom(found.everywhere_share)
            + _grows(found.everywhere_ramp)
        )


def _for_whom(share: float) -> str:
    """Nothing where it is for every youth."""
    if share == 1.0:
        return ""
    percent = round(100 * share, 1)
    number = number_format(percent, 0 if percent == int(percent) else 1)
    return " " + _("for %(percent)s%% of the youths") % {"percent": number}


def _grows(months: int) -> str:
    if not months:
        return ""
    words = ngettext(
        "fully at work after %(count)s month", "fully at work after %(count)s months", months
    )
    return f" ({words % {'count': months}})"


def _stage(stage: Stage, system: CareSystem) -> str:
    month = {"month": date_format(stage.from_, "F Y")}
    if stage.municipalities == "all":
        return _("everywhere from %(month)s") % month + _for_whom(stage.share)
    return _("%(where)s from %(month)s") % {
        "where": _names(stage.municipalities, system),
        **month,
    } + _for_whom(stage.share)


def _names(codes: Sequence[str], system: CareSystem) -> str:
    names = {municipality.code: municipality.name for municipality in system.municipalities}
    return get_text_list([names.get(code, code) for code in codes], _("and"))
