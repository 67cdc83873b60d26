"""What care costs per day: the national total shared out over the care types by assumed weights."""

from __future__ import annotations

from . import facts
from .builder import Guess, Numbers, Ref, Words, formula
from .care_types import SPECS
from .level import guess


def put_money(numbers: Numbers) -> None:
    """Costs per day; a start itself costs nothing extra."""
    national = Guess(
        5.5e9,
        5.4e9,
        5.6e9,
        Words(
            nl="Uitgaven van gemeenten aan jeugdzorg in 2019: 5,4 tot 5,6 miljard euro "
            "(Jeugdautoriteit, Stand van de jeugdzorg, 2023).",
            en="Municipal spending on youth care in 2019: 5.4 to 5.6 billion euro "
            "(Jeugdautoriteit, Stand van de jeugdzorg, 2023).",
        ),
    )
    spending = numbers.put("workings.national_spending", "euro", national)
    total = numbers.put(
        "workings.cost_per_year", "euro",
        formula("youths * national / youths_nl",
                "Jongeren met jeugdzorg in IJsselland maal de uitgaven per jongere in Nederland, "
                "in euro's van 2019.",
                "Youths with youth care in IJsselland times spending per youth in the Netherlands, "
                "in euros of 2019.", 0,
                youths=Ref("workings.youths_with_care"), national=spending,
                youths_nl=facts.YOUTHS_NL_2019),
    )  # fmt: skip
    for spec in SPECS:
        numbers.put(
            f"workings.weight_{spec.id}", "ratio",
            guess(*spec.weight,
                  "Geen lijst met tarieven gevonden. Een verhouding: hoeveel duurder een dag is "
                  "dan een dag ambulante hulp.",
                  "No list of tariffs found. A ratio: how much dearer a day is than a day of "
                  "outpatient help."),
        )  # fmt: skip
    inputs: dict[str, Ref] = {}
    for i, spec in enumerate(SPECS):
        inputs[f"w{i}"] = Ref(f"workings.weight_{spec.id}")
        inputs[f"n{i}"] = Ref(f"care_types.{spec.id}.in_care_at_start")
    weighted = " + ".join(f"w{i} * n{i}" for i in range(len(SPECS)))
    unit = numbers.put(
        "workings.cost_unit", "euro/day",
        formula(f"total / 365.25 / ({weighted})",
                "De kosten van een dag met gewicht 1: het jaartotaal gedeeld door alle gewogen "
                "dagen in zorg.",
                "The cost of a day of weight 1: the yearly total over all weighted days in care.",
                4, total=total, **inputs),
    )  # fmt: skip
    for spec in SPECS:
        numbers.put(
            f"care_types.{spec.id}.cost_per_day", "euro/day",
            formula("weight * unit", "Gewicht van de zorgvorm maal de kosten van een dag.",
                    "Weight of the care type times the cost of a day.", 2,
                    weight=Ref(f"workings.weight_{spec.id}"), unit=unit),
        )  # fmt: skip
        numbers.put(
            f"care_types.{spec.id}.cost_per_start", "euro",
            formula("0", "Alle uitgaven zijn over de dagen verdeeld; voor een start blijft niets "
                    "over.", "All spending is shared out over the days; nothing is left for a "
                    "start.", 2),
        )  # fmt: skip
