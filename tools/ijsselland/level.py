"""How much care IJsselland has: starts, stays and youths in care, from the national figures.

The unit is a trajectory: one youth in one form of care. A youth with two forms at the same time
counts in both, as at Statistics Netherlands (CBS).
"""

from __future__ import annotations

from . import facts
from .builder import Fact, Formula, Guess, Numbers, Ref, Words, formula
from .care_types import CRISIS_PART, CRISIS_STAY, MENTAL_HEALTH_PART, SPECS

DAYS_PER_MONTH = "30.4375"
DAYS_PER_YEAR = "365.25"


def put_level(numbers: Numbers) -> None:
    """Workings ``starts_*`` (youths a month) and ``stay_*`` (days, extensions included)."""
    numbers.put("youths", "youths", facts.YOUTHS)
    _scales(numbers)
    _starts_without(numbers)
    _starts_with(numbers)
    _starts_measures(numbers)
    _stays(numbers)
    _in_care(numbers)


def _scales(numbers: Numbers) -> None:
    put, youths = numbers.put, Ref("youths")
    put("workings.youths_with_care", "youths", facts.YOUTHS_WITH_CARE)
    without = put(
        "workings.youths_without", "youths",
        formula("share * youths", "Aandeel zonder verblijf maal het aantal jeugdigen.",
                "Share without residence times the number of youths.", 0,
                share=facts.SHARE_WITHOUT, youths=youths),
    )  # fmt: skip
    residing = put(
        "workings.youths_with", "youths",
        formula("share * youths", "Aandeel met verblijf maal het aantal jeugdigen.",
                "Share with residence times the number of youths.", 0,
                share=facts.SHARE_WITH, youths=youths),
    )  # fmt: skip
    put(
        "workings.part_without", "ratio",
        formula("region / (only + both)",
                "Jongeren met hulp zonder verblijf in IJsselland gedeeld door die in heel "
                "Nederland. Aanname: de regio heeft hetzelfde deel van de trajecten.",
                "Youths with help without residence in IJsselland over those in the Netherlands. "
                "Assumption: the region has the same part of the trajectories.", 6,
                region=without, only=facts.ONLY_WITHOUT_NL, both=facts.BOTH_NL),
    )  # fmt: skip
    put(
        "workings.part_with", "ratio",
        formula("region / (only + both)",
                "Jongeren met verblijf in IJsselland gedeeld door die in heel Nederland.",
                "Youths with residence in IJsselland over those in the Netherlands.", 6,
                region=residing, only=facts.ONLY_WITH_NL, both=facts.BOTH_NL),
    )  # fmt: skip
    put("workings.mental_health_part", "share", MENTAL_HEALTH_PART)
    put("workings.crisis_part", "share", CRISIS_PART)


_NATIONAL = (
    "Alle begonnen trajecten in Nederland (2021*) maal het deel van deze vorm, per maand, maal het "
    "deel van IJsselland",
    "All trajectories begun in the Netherlands (2021*) times the part of this form, per month, "
    "times the part of IJsselland",
)


def _starts_without(numbers: Numbers) -> None:
    part = Ref("workings.part_without")

    def starts(form: str, extra: str = "", **more: Ref) -> Formula:
        return formula(
            f"begun * share / 12 * part{extra}", f"{_NATIONAL[0]}.", f"{_NATIONAL[1]}.", 3,
            begun=facts.BEGUN, share=facts.BEGUN_SHARE[form], part=part, **more,
        )  # fmt: skip

    for form in ("local_team", "day_help", "home_based"):
        numbers.put(f"workings.starts_{form}", "youths/month", starts(form))
    mental = Ref("workings.mental_health_part")
    numbers.put(
        "workings.starts_outpatient", "youths/month",
        starts("outpatient", " * (1 - mental)", mental=mental),
    )  # fmt: skip
    numbers.put(
        "workings.starts_mental_health", "youths/month",
        starts("outpatient", " * mental", mental=mental),
    )  # fmt: skip


def _starts_with(numbers: Numbers) -> None:
    shares: dict[str, Fact] = {
        "other": facts.SHARE_OTHER, "all": facts.SHARE_WITH,
        "other_nl": facts.SHARE_OTHER_NL, "all_nl": facts.SHARE_WITH_NL,
    }  # fmt: skip
    how = (
        "; bijgesteld omdat in IJsselland 0,6 van de 1,2 % ander verblijf is en landelijk 0,4 van "
        "de 1,0 %.",
        "; adjusted because in IJsselland 0.6 of the 1.2 % is other residence, nationally 0.4 of "
        "the 1.0 %.",
    )

    def starts(form: str, correction: str, **more: Ref) -> Formula:
        return formula(
            f"begun * share / 12 * part * {correction}",
            _NATIONAL[0] + how[0], _NATIONAL[1] + how[1], 3,
            begun=facts.BEGUN, share=facts.BEGUN_SHARE[form], part=Ref("workings.part_with"),
            **shares, **more,
        )  # fmt: skip

    for form in ("foster_care", "family_home", "secure"):
        correction = "(1 - other / all) / (1 - other_nl / all_nl)"
        numbers.put(f"workings.starts_{form}", "youths/month", starts(form, correction))
    other, crisis = "(other / all) / (other_nl / all_nl)", Ref("workings.crisis_part")
    for form, part in (("residential", "(1 - crisis)"), ("crisis", "crisis")):
        numbers.put(
            f"workings.starts_{form}", "youths/month",
            starts("other", f"{other} * {part}", crisis=crisis),
        )  # fmt: skip


def _starts_measures(numbers: Numbers) -> None:
    for form, region in (("protection", facts.PROTECTED), ("probation", facts.ON_PROBATION)):
        first, came, went, _ = facts.MEASURES[form]
        numbers.put(
            f"workings.starts_{form}", "youths/month",
            formula("youths * (came + went) / 2 / (first + came) / 12",
                    "Jongeren met de maatregel in IJsselland (2019) maal het landelijke deel dat "
                    "per jaar begint (2022; gemiddelde van in- en uitstroom), per maand.",
                    "Youths with the measure in IJsselland (2019) times the national part that "
                    "begins in a year (2022; mean of inflow and outflow), per month.", 3,
                    youths=region, first=first, came=came, went=went),
        )  # fmt: skip


_LITTLE = (
    "Gemiddelde duur = gemiddeld aantal lopende trajecten gedeeld door begonnen trajecten per jaar "
    "(wet van Little), heel Nederland, verlengingen meegeteld",
    "Mean length = mean number of running trajectories over trajectories begun per year (Little's "
    "law), the Netherlands, extensions included",
)


def _stays(numbers: Numbers) -> None:
    put = numbers.put

    def put_stay(form: str, text: str, nl: str = "", en: str = "", **more: Fact | Ref) -> None:
        whole = formula(text, f"{_LITTLE[0]}{nl}.", f"{_LITTLE[1]}{en}.", 1, **more)
        put(f"workings.stay_{form}", "days", whole)

    begun = facts.BEGUN
    for form in ("local_team", "outpatient", "day_help"):
        first, last = facts.STOCK[form]
        put_stay(form, f"{DAYS_PER_YEAR} * (first + last) / 2 / (begun * share)", first=first,
                 last=last, begun=begun, share=facts.BEGUN_SHARE[form])  # fmt: skip
    first, last = facts.STOCK["without"]
    rest = {f"{form}_{i}": fact for form in ("local_team", "outpatient", "day_help")
            for i, fact in enumerate(facts.STOCK[form], 1)}  # fmt: skip
    put_stay(
        "home_based",
        f"{DAYS_PER_YEAR} * (first + last - {' - '.join(rest)}) / 2 / (begun * share)",
        "; lopend is alle hulp zonder verblijf min de drie andere vormen",
        "; running is all help without residence less the three other forms",
        first=first, last=last, begun=begun, share=facts.BEGUN_SHARE["home_based"], **rest,
    )  # fmt: skip
    level = _residence_level(numbers)
    for form in facts.ACTIVE:
        put_stay(
            form, f"{DAYS_PER_YEAR} * level * (active - begun * share / 2) / (begun * share)",
            "; lopend is wat in een halfjaar actief was min wat in een halfjaar begint, op "
            "het niveau van 2021 gebracht",
            "; running is what was active in half a year less what begins in half a year, brought "
            "to the level of 2021", level=level,
            active=facts.ACTIVE[form], begun=begun, share=facts.BEGUN_SHARE[form],
        )  # fmt: skip
    for form in ("protection", "probation"):
        first, came, went, last = facts.MEASURES[form]
        put_stay(form, f"{DAYS_PER_YEAR} * (first + last) / (came + went)",
                 first=first, came=came, went=went, last=last)  # fmt: skip
    _stays_split(numbers)


def _residence_level(numbers: Numbers) -> Ref:
    """Running trajectories with residence are printed per form in 2022 only, in total in 2021."""
    inputs: dict[str, Fact] = {"begun": facts.BEGUN}
    for whole in ("all", "without"):
        inputs |= {f"{whole}_{i}": fact for i, fact in enumerate(facts.STOCK[whole], 1)}
    inputs |= {f"active_{form}": fact for form, fact in facts.ACTIVE.items()}
    inputs |= {f"share_{form}": facts.BEGUN_SHARE[form] for form in facts.ACTIVE}
    active = " + ".join(f"active_{form}" for form in facts.ACTIVE)
    shares = " + ".join(f"share_{form}" for form in facts.ACTIVE)
    return numbers.put(
        "workings.residence_level", "ratio",
        formula(f"(all_1 - without_1 + all_2 - without_2) / 2 "
                f"/ ({active} - begun * ({shares}) / 2)",
                "Lopende trajecten met verblijf in 2021 (alle hulp min hulp zonder verblijf) "
                "gedeeld door die uit de vormen van het eerste halfjaar van 2022.",
                "Running trajectories with residence in 2021 (all help less help without "
                "residence) over those from the forms of the first half of 2022.", 4, **inputs),
    )  # fmt: skip


def _stays_split(numbers: Numbers) -> None:
    """The two forms that CBS does not tell apart from another."""
    put = numbers.put
    put(
        "workings.stay_mental_health", "days",
        formula("outpatient", "Gelijk aan alle ambulante hulp: CBS splitst die niet.",
                "Equal to all outpatient help, which CBS does not split.", 1,
                outpatient=Ref("workings.stay_outpatient")),
    )  # fmt: skip
    crisis = next(spec for spec in SPECS if spec.id == "crisis")
    assert crisis.extension is not None
    put("care_types.crisis.stay.mean", "days", CRISIS_STAY)
    put(
        "workings.stay_crisis", "days",
        formula("mean + chance * longer", "Duur plus de kans op verlenging maal de lengte ervan.",
                "Length plus the chance of extension times its length.", 1,
                mean=Ref("care_types.crisis.stay.mean"),
                chance=Ref("care_types.crisis.extension.probability"),
                longer=Ref("care_types.crisis.extension.length")),
    )  # fmt: skip
    put(
        "workings.stay_residential", "days",
        formula("(other - crisis_part * crisis) / (1 - crisis_part)",
                "Ander verblijf als geheel, zonder de crisisplaatsen.",
                "Other residence as a whole, without the crisis places.", 1,
                other=Ref("workings.stay_other"), crisis=Ref("workings.stay_crisis"),
                crisis_part=Ref("workings.crisis_part")),
    )  # fmt: skip


def _in_care(numbers: Numbers) -> None:
    for spec in SPECS:
        numbers.put(
            f"care_types.{spec.id}.in_care_at_start", "youths",
            formula(f"starts * stay / {DAYS_PER_MONTH}",
                    "Starts per maand maal de duur in maanden (wet van Little).",
                    "Starts per month times the length in months (Little's law).", 0,
                    starts=Ref(f"workings.starts_{spec.id}"), stay=Ref(f"workings.stay_{spec.id}")),
        )  # fmt: skip


def put_spread(numbers: Numbers) -> None:
    """How far lengths of care differ, from the national bands of duration."""
    middles = (1.5, 4.5, 9, 18, 30, 42, 60)
    bands = dict(facts.ENDED)
    total = " + ".join(bands)
    weighted = " + ".join(f"{middle} * {name}" for middle, name in zip(middles, bands, strict=True))
    mean = numbers.put(
        "workings.duration_mean", "days",
        formula(f"30.4375 * ({weighted}) / ({total})",
                "Gemiddelde van de duurklassen van beëindigde trajecten, met het midden van elke "
                "klasse; voor 48 maanden en meer is 60 maanden aangenomen.",
                "Mean of the bands of duration of ended trajectories, with the middle of each "
                "band; 60 months assumed for 48 months and more.", 1, **bands),
    )  # fmt: skip
    median = numbers.put(
        "workings.duration_median", "days",
        formula(f"30.4375 * (6 + 6 * (({total}) / 2 - n1 - n2) / n3)",
                "Mediaan van dezelfde duurklassen: ligt in de klasse van 6 tot 12 maanden.",
                "Median of the same bands: it lies in the band of 6 to 12 months.", 1, **bands),
    )  # fmt: skip
    numbers.put(
        "workings.spread", "ratio",
        formula("sqrt((mean / median) ** 2 - 1)",
                "Variatiecoëfficiënt van een lognormale verdeling met dit gemiddelde en deze "
                "mediaan.",
                "Coefficient of variation of a lognormal distribution with this mean and median.",
                3, mean=mean, median=median),
    )  # fmt: skip


def guess(value: float, low: float, high: float, nl: str, en: str) -> Guess:
    return Guess(value, low, high, Words(nl, en))
