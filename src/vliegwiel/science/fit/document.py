"""From estimates to the document of a care system, in which every number carries its error."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from vliegwiel.science.caresystem import CARE_SYSTEM_SCHEMA, CareSystem, read_care_system
from vliegwiel.science.yardstick import LEAST_SHOWN

from .background import Background
from .estimates import CareFit, Estimates, SourceFit
from .lengths import LengthFit
from .returning import ReturnFit
from .shares import ShareFit
from .small_counts import UNSEEN_STAY
from .ties import Tie, derived, literal, tied
from .waiting import PatienceFit
from .writing import DATA, FitPart, Found, Json, Writer, rounded, text


def write_system(
    found: Estimates, background: Background
) -> tuple[CareSystem, tuple[FitPart, ...]]:
    """The care system that the estimates describe, from the day after the observation on.

    Numbers of which the errors belong together (level and growth, mean and spread of stays, chance
    and delay of coming back) are written so that the parts that are drawn do not: one follows from
    the other by a formula and a rest of its own.

    Raises:
        ValueError: when the observation does not end at the begin of a month.
        DocumentError: when no document can be made of these estimates.
    """
    if found.end.day != 1:
        raise ValueError("the observation must end at the begin of a month")
    made = _Document(found, background)
    document = {
        "schema": CARE_SYSTEM_SCHEMA,
        "id": background.id,
        "version": background.version,
        "title": background.title.model_dump(),
        "region": background.region,
        "start": found.end.isoformat(),
        "youths": background.youths.model_dump(mode="json", exclude_unset=True),
        "norm_days": background.norm_days.model_dump(mode="json", exclude_unset=True),
        "sources": [
            {
                "id": DATA,
                "title": background.data,
                "publisher": background.publisher,
                "year": found.end.year,
            }
        ],
        "municipalities": made.municipalities(),
        "referrers": [made.referrer(name, source) for name, source in found.sources.items()],
        "care_types": [made.care_type(name, care) for name, care in found.care_types.items()],
    }
    if found.returns is not None:
        document["reentry"] = made.reentry(found.returns)
    if made.writer.workings:
        document["workings"] = made.writer.workings
    return read_care_system(json.dumps(document)), tuple(made.writer.parts)


class _Document:
    """The parts of the document, one after the other."""

    def __init__(self, found: Estimates, background: Background) -> None:
        self.found, self.background = found, background
        self.writer = Writer(found.end)

    def municipalities(self) -> list[Json]:
        why = text(
            "Het deel van wie in de waarneming is gekomen.",
            "The share of those who came in the observation.",
        )
        return [
            {
                "code": code,
                "name": self.background.municipalities.get(code, code),
                "share": self.writer.share(f"municipalities.{code}", share, why, of_list=True),
            }
            for code, share in self.found.municipalities.items()
        ]

    def referrer(self, name: str, source: SourceFit) -> Json:
        address, rate = f"referrers.{name}", source.rate
        why = text(
            "Geteld per maand; zie de methode voor groei en seizoen.",
            "Counted by month; see the method for growth and season.",
        )
        made: Json = {"id": name, "label": self.background.source(name).model_dump()}
        if rate.growth is None:
            level = Found(rate.level, rate.log_level_error, rate.youths)
            made["rate"] = self.writer.positive(f"{address}.rate", level, "youths/month", why)
        else:
            trend = Found(rate.growth, rate.growth_error, rate.youths)
            made["trend"] = self.writer.number(f"{address}.trend", trend, "1/year", why)
            made["rate"] = self._rate(name, source, made["trend"]["value"], why)
        if rate.season is not None and rate.season_errors is not None:
            made["season"] = self._season(source)
        to = text("Het deel van wie zo kwam.", "The share of those who came this way.")
        made["destinations"] = [
            {
                "care_type": where,
                "share": self.writer.share(
                    f"{address}.destinations.{where}", share, to, of_list=True
                ),
            }
            for where, share in source.to.items()
        ]
        return made

    def _rate(self, name: str, source: SourceFit, growth: float, why: Json) -> Json:
        """The rate at the start, from that at the moment at which growth and level are apart."""
        rate = source.rate
        working = f"level_{name}"
        middle = Found(rate.level, rate.log_level_error, rate.youths)
        level = self.writer.positive(
            f"workings.{working}", middle, "youths/month", why, listed=False
        )
        label = self.background.source(name)
        self.writer.workings.append(
            {
                "id": working,
                "label": text(f"{label.nl}: midden van de telling", f"{label.en}: mid-count level"),
                "quantity": level,
            }
        )
        years = rounded(-rate.years)
        value = rounded(level["value"] * (1.0 + growth) ** years)
        grown = rate.years * rate.growth_error / (1.0 + growth)
        known = Found(value, math.hypot(rate.log_level_error, grown), rate.youths)
        self.writer.positive(f"referrers.{name}.rate", known, "youths/month", why)
        how = text(
            "Van het midden van de telling met de groei naar het begin van het model.",
            "From the middle of the counts by the growth to the start of the model.",
        )
        inputs = {"level": f"workings.{working}", "growth": f"referrers.{name}.trend"}
        formula = f"level * (1 + growth) ** {literal(years)}"
        return derived(value, "youths/month", formula, how, inputs)

    def _season(self, source: SourceFit) -> Json:
        rate = source.rate
        values = [rounded(value) for value in rate.season or ()]
        errors = rate.season_errors or ()
        both = list(zip(values, errors, strict=True))
        why = text(
            "Naar elkaar toe getrokken, zo sterk als de tellingen aangeven; wordt niet getrokken.",
            "Drawn together as far as the counts say; it does not vary between replications.",
        )
        origin = {
            "kind": "fitted",
            "low": rounded(max(0.0, min(v - 1.96 * e for v, e in both))),
            "high": rounded(max(v + 1.96 * e for v, e in both)),
            "why": why,
            "source": DATA,
            "until": self.found.end.isoformat(),
            "error": rounded(max(errors)),
            "observations": rate.youths,
        }
        return {"values": values, "provenance": origin}

    def care_type(self, name: str, care: CareFit) -> Json:
        address, kind = f"care_types.{name}", self.background.kind(name)
        made: Json = {
            "id": name,
            "label": kind.label.model_dump(),
            "group": kind.group,
            "capacity": self._capacity(address, care),
            "stay": self._stay(name, care.stay),
            "next": self._steps(f"{address}.next", care.next),
            "cost_per_day": kind.cost_per_day.model_dump(mode="json", exclude_unset=True),
            "cost_per_start": kind.cost_per_start.model_dump(mode="json", exclude_unset=True),
        }
        if care.extension is not None:
            made["extension"] = self._extension(address, care)
        if care.success is not None:
            why = text("Het deel dat eindigde met succes.", "The share that ended with success.")
            made["success"] = self.writer.share(
                f"{address}.success", care.success, why, of_list=False
            )
            made["next_without_success"] = self._steps(
                f"{address}.next_without_success", care.next_without_success
            )
        if not care.places.limited:
            made["in_care_at_start"] = self.writer.counted(care.in_care + care.waiting)
            return made
        places = made["capacity"]["places"]["value"]
        made["in_care_at_start"] = self.writer.counted(min(care.in_care, places), most=places)
        made["waiting_at_start"] = self.writer.counted(care.waiting)
        if care.waited is not None:
            made["waited_at_start"] = self.writer.observed(care.waited)
        if care.patience is not None:
            made["patience"] = self._patience(address, care.patience, care)
        return made

    def _capacity(self, address: str, care: CareFit) -> Json:
        if not care.places.limited:
            return {"kind": "free"}
        why = text(
            "Gemiddeld aantal in zorg op dagen waarop er iemand wachtte.",
            "Mean number in care on days on which somebody waited.",
        )
        found = care.places
        if found.places < LEAST_SHOWN:
            why = text(
                "Minder dan tien. Berekend uit hoeveel er komen en hoe lang zij blijven.",
                "Fewer than ten. Worked out from how many come and how long they stay.",
            )
        return {
            "kind": "places",
            "places": self.writer.number(
                f"{address}.places",
                Found(found.places, found.error, found.queue_days),
                "places",
                why,
            ),
        }

    def _stay(self, name: str, stay: LengthFit | None) -> Json:
        if stay is None:
            value, low, high = UNSEEN_STAY
            why = text(
                "Minder dan tien jeugdigen zijn in deze zorg gezien. Vul een duur in.",
                "Fewer than ten youths were seen in this care. Fill in a length.",
            )
            origin = {"kind": "assumed", "low": low, "high": high, "why": why}
            mean = {"value": value, "unit": "days", "provenance": origin}
            return {"distribution": "exponential", "mean": mean}
        why = text(
            "Geschat uit duren die nog niet alle voorbij zijn en niet alle van het begin gezien.",
            "Estimated from stays not all of which have ended, nor were all seen from their begin.",
        )
        address = f"care_types.{name}.stay"
        made: Json = {
            "distribution": stay.family,
            "mean": self.writer.positive(
                f"{address}.mean", Found(stay.mean, stay.log_mean_error, stay.ends), "days", why
            ),
        }
        if stay.family != "exponential":
            label = self.background.kind(name).label
            made["cv"] = tied(
                self.writer,
                f"{address}.cv",
                Found(stay.cv, stay.log_cv_error, stay.ends),
                "ratio",
                Tie(
                    to=f"{address}.mean",
                    central=made["mean"]["value"],
                    correlation=stay.correlation,
                    log_error=stay.log_mean_error,
                    working=f"spread_{name}",
                    label=text(f"{label.nl}: spreiding", f"{label.en}: spread"),
                    why=why,
                ),
            )
        return made

    def _extension(self, address: str, care: CareFit) -> Json:
        found = care.extension
        if found is None:
            raise ValueError("there is no extension to write")
        why = text(
            "Van wie aan het einde toe was, ging het zo verder.",
            "Of those who were due to end, care went on like this.",
        )
        length = found.length
        return {
            "probability": self.writer.share(
                f"{address}.extension.probability", found.probability, why, of_list=False
            ),
            "length": self.writer.positive(
                f"{address}.extension.length",
                Found(length.mean, length.log_mean_error, length.ends),
                "days",
                why,
            ),
        }

    def _patience(self, address: str, patience: PatienceFit, care: CareFit) -> Json:
        why = text(
            "Dagen gewacht gedeeld door wie stopte; wie begon, telt tot dan mee.",
            "Days waited over those who gave up; who started counts until then.",
        )
        found = Found(patience.mean, patience.log_error, patience.stopped)
        mean = self.writer.positive(f"{address}.patience.mean", found, "days", why)
        if len(care.leave_to) < 2:
            return {"mean": mean, "leave_to": next(iter(care.leave_to), "out")}
        to = text("Het deel van wie stopte met wachten.", "The share of those who gave up.")
        leave_to = [
            {
                "care_type": where,
                "share": self.writer.share(f"{address}.leave_to.{where}", share, to, of_list=True),
            }
            for where, share in care.leave_to.items()
        ]
        return {"mean": mean, "leave_to": leave_to}

    def _steps(self, address: str, steps: Mapping[str, ShareFit]) -> list[Json]:
        why = text("Het deel van wie eindigde.", "The share of those who ended.")
        return [
            {
                "care_type": where,
                "probability": self.writer.share(f"{address}.{where}", share, why, of_list=False),
            }
            for where, share in steps.items()
            if where != "out"
        ]

    def reentry(self, found: ReturnFit) -> Json:
        why = text(
            "Geschat uit wie uit zorg ging, ook van wie nog terug kan komen.",
            "Estimated from who left care, also of those who may still come back.",
        )
        late = Found(found.delay, found.log_delay_error, found.returned)
        delay = self.writer.positive("reentry.delay_mean", late, "days", why)
        probability = tied(
            self.writer,
            "reentry.probability",
            Found(found.probability, found.log_probability_error, found.left),
            "share",
            Tie(
                to="reentry.delay_mean",
                central=delay["value"],
                correlation=found.correlation,
                log_error=found.log_delay_error,
                working="spread_return",
                label=text("Terugkeer: rest", "Coming back: rest"),
                why=why,
            ),
        )
        to = text("Het deel van wie terugkwam.", "The share of those who came back.")
        return {
            "probability": probability,
            "delay_mean": delay,
            "destinations": [
                {
                    "care_type": where,
                    "share": self.writer.share(
                        f"reentry.destinations.{where}", share, to, of_list=True
                    ),
                }
                for where, share in found.to.items()
            ],
            "returning_at_start": self.writer.number(
                "reentry.returning_at_start",
                Found(found.coming, found.coming_error, found.left),
                "youths",
                why,
            ),
        }
