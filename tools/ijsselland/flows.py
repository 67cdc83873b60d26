"""Which referrals keep these starts going: the flow equations of the care system, solved in order.

In balance, what arrives at a care type starts there or stops waiting. With exponential patience and
a wait w that everybody who starts has waited, the part that starts is exp(-w / patience).
"""

from __future__ import annotations

from . import facts
from .builder import Fact, Guess, Numbers, Ref, formula
from .care_types import HELP, REENTRY_DELAY, REENTRY_TO, SPECS, Spec
from .level import DAYS_PER_MONTH, guess
from .referrers import JUDGE_HELP, LEANS, SENDS, SENDS_WHY

E = "2.718281828459045"


def put_flows(numbers: Numbers) -> None:
    """Waits, arrivals, onward flows, re-entry, and the referrals that remain."""
    for spec in SPECS:
        _put_waiting(numbers, spec)
        _put_onward(numbers, spec)
    for spec in SPECS:
        _put_from_care(numbers, spec.id)
    _put_reentry(numbers)
    _put_earlier(numbers)
    for spec in SPECS:
        _put_new(numbers, spec.id)
    _put_rates(numbers)
    _put_destinations(numbers)


def _starts(form: str) -> Ref:
    return Ref(f"workings.starts_{form}")


def _put_waiting(numbers: Numbers, spec: Spec) -> None:
    if spec.waiting is None:
        return
    waiting, anchor = spec.waiting, spec.waiting.anchor
    wait = numbers.put(f"workings.wait_{spec.id}", "days", Guess(*waiting.wait, anchor))
    patience = numbers.put(
        f"care_types.{spec.id}.patience.mean", "days",
        guess(*waiting.patience,
              "Geen bron. Gekozen zo dat bij deze wachttijd ongeveer een op de tien tot een op de "
              "vijf wachtenden stopt.",
              "No source. Chosen such that at this wait about one in ten to one in five of those "
              "who wait stop."),
    )  # fmt: skip
    starts = _starts(spec.id)
    arrivals = numbers.put(
        f"workings.arrivals_{spec.id}", "youths/month",
        formula(f"starts * {E} ** (wait / patience)",
                "Aanmeldingen = starts gedeeld door het deel dat lang genoeg wacht, "
                "exp(-wachttijd / geduld).",
                "Arrivals = starts over the part that waits long enough, "
                "exp(-wait / patience).", 3, starts=starts, wait=wait, patience=patience),
    )  # fmt: skip
    leaving = numbers.put(
        f"workings.leaving_{spec.id}", "youths/month",
        formula("arrivals - starts", "Wie zich aanmeldt en niet begint, stopt met wachten.",
                "Who arrives and does not start, stops waiting.", 3,
                arrivals=arrivals, starts=starts),
    )  # fmt: skip
    numbers.put(
        f"care_types.{spec.id}.waiting_at_start", "youths",
        formula(f"leaving * patience / {DAYS_PER_MONTH}",
                "Van elke wachtende stopt per dag een deel van 1 / geduld; zoveel wachtenden horen "
                "bij dit aantal dat stopt.",
                "Of those who wait a part of 1 / patience stops per day; so many waiting go with "
                "this number that stops.", 0, leaving=leaving, patience=patience),
    )  # fmt: skip


def _put_onward(numbers: Numbers, spec: Spec) -> None:
    for to, chance in spec.onward.items():
        numbers.put(
            f"care_types.{spec.id}.next.{to}", "share",
            guess(*chance,
                  "Geen bron. Oordeel van de makers, met de helft tot anderhalf keer als marge.",
                  "No source. The makers' judgement, with half to one and a half times as range."),
        )  # fmt: skip


def _put_from_care(numbers: Numbers, form: str) -> None:
    senders = [spec for spec in SPECS if form in spec.onward]
    if not senders:
        return
    inputs: dict[str, Ref] = {}
    for i, spec in enumerate(senders):
        inputs[f"s{i}"] = _starts(spec.id)
        inputs[f"p{i}"] = Ref(f"care_types.{spec.id}.next.{form}")
    text = " + ".join(f"s{i} * p{i}" for i in range(len(senders)))
    numbers.put(
        f"workings.from_care_{form}", "youths/month",
        formula(text, "Doorstroom: van elke zorgvorm de starts maal de kans om hierheen te gaan.",
                "Going on: of each care type the starts times the chance of coming here.", 3,
                **inputs),
    )  # fmt: skip


def _put_reentry(numbers: Numbers) -> None:
    starts = {f"s{i}": _starts(form) for i, form in enumerate(HELP)}
    repeat = numbers.put(
        "workings.repeat", "youths/month",
        formula(f"(1 - new / begun) * ({' + '.join(starts)})",
                "24 % van de begonnen trajecten is herhaald beroep (Nederland 2021*), maal alle "
                "starts van jeugdhulp in de regio.",
                "24 % of begun trajectories are repeat use (Netherlands 2021*), times all starts "
                "of youth help in the region.", 3, new=facts.NEW, begun=facts.BEGUN, **starts),
    )  # fmt: skip
    everything = {f"s{i}": _starts(spec.id) for i, spec in enumerate(SPECS)}
    onward = {
        f"o{i}": Ref(f"workings.from_care_{spec.id}")
        for i, spec in enumerate(SPECS)
        if f"workings.from_care_{spec.id}" in numbers.drafts
    }
    leaving = numbers.put(
        "workings.out_of_care", "youths/month",
        formula(f"{' + '.join(everything)} - {' - '.join(onward)}",
                "In balans eindigt wat begint; wie niet doorstroomt, gaat uit zorg.",
                "In balance what begins ends; who does not go on leaves care.", 3,
                **everything, **onward),
    )  # fmt: skip
    numbers.put(
        "reentry.probability", "share",
        formula("repeat / leaving", "Herhaald beroep per maand gedeeld door wie uit zorg gaat.",
                "Repeat use per month over those who leave care.", 4, repeat=repeat,
                leaving=leaving),
    )  # fmt: skip
    numbers.put("reentry.delay_mean", "days", REENTRY_DELAY)
    for form, share in REENTRY_TO.items():
        numbers.put(
            f"reentry.destinations.{form}", "share",
            guess(share, round(share * 0.75, 4), round(share * 1.25, 4),
                  "Geen bron. Vooral lichte en ambulante hulp, een klein deel zwaarder.",
                  "No source. Mostly light and outpatient help, a small part heavier."),
        )  # fmt: skip


def _put_earlier(numbers: Numbers) -> None:
    """Youths who left care before the start and still come back: ever fewer as time goes on."""
    numbers.put(
        "referrers.earlier.rate", "youths/month",
        formula("repeat", "Wie voor de start uit zorg ging en nog terugkomt: eerst al het herhaald "
                "beroep.", "Who left care before the start and still comes back: at first all "
                "repeat use.", 3, repeat=Ref("workings.repeat")),
    )  # fmt: skip
    numbers.put(
        "referrers.earlier.trend", "1/year",
        formula(f"{E} ** (-365.25 / delay) - 1",
                "Neemt af met de tijd tot terugkeer; de terugkeer van wie later uit zorg gaat, "
                "komt ervoor in de plaats.",
                "Falls with the time until coming back; the return of those who leave later takes "
                "its place.", 4, delay=Ref("reentry.delay_mean")),
    )  # fmt: skip
    for form in REENTRY_TO:
        numbers.put(
            f"referrers.earlier.destinations.{form}", "share",
            formula("share", "Als bij terugkeer.", "As with coming back.", 4,
                    share=Ref(f"reentry.destinations.{form}")),
        )  # fmt: skip


def _put_new(numbers: Numbers, form: str) -> None:
    def known(address: str) -> Ref | None:
        return Ref(address) if address in numbers.drafts else None

    plus = known(f"workings.arrivals_{form}") or _starts(form)
    minus: dict[str, Ref] = {}
    if (onward := known(f"workings.from_care_{form}")) is not None:
        minus["from_care"] = onward
    for spec in SPECS:
        if spec.waiting is not None and spec.waiting.leave_to == form:
            minus[f"left_{spec.id}"] = Ref(f"workings.leaving_{spec.id}")
    text = " - ".join(["arrivals", *minus])
    if (back := known(f"reentry.destinations.{form}")) is not None:
        minus |= {"repeat": Ref("workings.repeat"), "back": back}
        text += " - repeat * back"
    numbers.put(
        f"workings.new_{form}", "youths/month",
        formula(text, "Aanmeldingen die niet komen door doorstroom, door stoppen met wachten "
                "elders of door terugkeer: die komen van verwijzers.",
                "Arrivals that do not come from going on, from stopping to wait elsewhere or from "
                "coming back: these come from referrers.", 3, arrivals=plus, **minus),
    )  # fmt: skip


def _put_rates(numbers: Numbers) -> None:
    new = {f"n{i}": Ref(f"workings.new_{form}") for i, form in enumerate(HELP)}
    total = numbers.put(
        "workings.new_help", "youths/month",
        formula(" + ".join(new), "Alle nieuwe verwijzingen naar jeugdhulp.",
                "All new referrals to youth help.", 3, **new),
    )  # fmt: skip
    for referrer, share in facts.REFERRED.items():
        numbers.put(
            f"referrers.{referrer}.rate", "youths/month",
            formula("share * total", "Gedrukt aandeel van de verwijzer in IJsselland maal alle "
                    "nieuwe verwijzingen.", "Printed share of the referrer in IJsselland times all "
                    "new referrals.", 3, share=share, total=total),
        )  # fmt: skip
    others = {f"b{i}": fact for i, fact in enumerate(facts.BEGUN_BY.values())}
    shares: dict[str, Fact] = dict(facts.REFERRED)
    for referrer, begun in facts.BEGUN_BY.items():
        text = f"total * (1 - municipality - gp - gi) * begun / ({' + '.join(others)})"
        inputs: dict[str, Fact | Ref] = {"total": total, "begun": begun, **shares, **others}
        if referrer == "judge":
            text += " + protection + probation"
            inputs |= {k: Ref(f"workings.new_{k}") for k in ("protection", "probation")}
        numbers.put(
            f"referrers.{referrer}.rate", "youths/month",
            formula(text, "Wat de drie gedrukte verwijzers overlaten, verdeeld naar de landelijke "
                    "aantallen (2021*); bij de rechter ook de maatregelen.",
                    "What the three printed referrers leave, divided by the national numbers "
                    "(2021*); with the judge also the measures.", 3, **inputs),
        )  # fmt: skip


def _put_destinations(numbers: Numbers) -> None:
    for referrer, sends in SENDS.items():
        for form, share in sends.items():
            numbers.put(
                f"referrers.{referrer}.destinations.{form}", "share",
                Guess(share, round(share * 0.8, 4), min(1.0, round(share * 1.2, 4)), SENDS_WHY),
            )  # fmt: skip
    _put_lean(numbers)
    rate = Ref("referrers.judge.rate")
    for form in ("protection", "probation"):
        numbers.put(
            f"referrers.judge.destinations.{form}", "share",
            formula("new / rate", "Alle maatregelen komen van de rechter.",
                    "All measures come from the judge.", 9,
                    new=Ref(f"workings.new_{form}"), rate=rate),
        )  # fmt: skip
    for form, share in JUDGE_HELP.items():
        part = numbers.put(
            f"workings.judge_{form}", "share",
            Guess(share, round(share * 0.8, 4), round(share * 1.2, 4), SENDS_WHY),
        )  # fmt: skip
        numbers.put(
            f"referrers.judge.destinations.{form}", "share",
            formula("part * (1 - protection - probation)",
                    "Een deel van wat na de maatregelen overblijft.",
                    "A part of what remains after the measures.", 9,
                    part=part,
                    protection=Ref("referrers.judge.destinations.protection"),
                    probation=Ref("referrers.judge.destinations.probation")),
        )  # fmt: skip
    _put_municipality(numbers)


def _put_lean(numbers: Numbers) -> None:
    """What a referrer sends to mental health care and outpatient help."""
    ratio = numbers.put(
        "workings.mental_health_ratio", "share",
        formula("mental / (mental + outpatient)",
                "Deel van de nieuwe verwijzingen naar jeugd-ggz en ambulante hulp dat naar de "
                "jeugd-ggz gaat.",
                "Part of the new referrals to mental health care and outpatient help that goes to "
                "mental health care.", 6,
                mental=Ref("workings.new_mental_health"),
                outpatient=Ref("workings.new_outpatient")),
    )  # fmt: skip
    for referrer, lean in LEANS.items():
        address = f"referrers.{referrer}.destinations"
        others = {form: Ref(f"{address}.{form}") for form in SENDS[referrer]}
        rest = f"1 - {' - '.join(others)}"
        leaning = numbers.put(f"workings.lean_{referrer}", "ratio", Guess(*lean, SENDS_WHY))
        mental = numbers.put(
            f"{address}.mental_health", "share",
            formula(f"({rest}) * min(0.98, lean * ratio)",
                    "Van wat overblijft gaat dit deel naar de jeugd-ggz: het gemiddelde deel maal "
                    "de voorkeur van deze verwijzer.",
                    "Of what is left this part goes to mental health care: the mean part times the "
                    "leaning of this referrer.", 9,
                    lean=leaning, ratio=ratio, **others),
        )  # fmt: skip
        numbers.put(
            f"{address}.outpatient", "share",
            formula(f"{rest} - mental", "De rest.", "The rest.", 9, mental=mental, **others),
        )  # fmt: skip


def _put_municipality(numbers: Numbers) -> None:
    """Municipal access receives what the other referrers leave."""
    address = "referrers.municipality.destinations"
    forms = [form for form in HELP if form != "outpatient"]
    for form in forms:
        inputs: dict[str, Ref] = {}
        parts = ["new"]
        for referrer in (*SENDS, "judge"):
            share = f"referrers.{referrer}.destinations.{form}"
            if share in numbers.drafts:
                inputs |= {f"{referrer}_rate": Ref(f"referrers.{referrer}.rate"),
                           f"{referrer}_share": Ref(share)}  # fmt: skip
                parts.append(f"{referrer}_rate * {referrer}_share")
        numbers.put(
            f"{address}.{form}", "share",
            formula(f"max(0, ({' - '.join(parts)}) / rate)",
                    "Wat de andere verwijzers overlaten van de nieuwe verwijzingen naar deze "
                    "zorgvorm.",
                    "What the other referrers leave of the new referrals to this care type.", 9,
                    new=Ref(f"workings.new_{form}"), rate=Ref("referrers.municipality.rate"),
                    **inputs),
        )  # fmt: skip
    numbers.put(
        f"{address}.outpatient", "share",
        formula(f"1 - {' - '.join(forms)}", "De rest.", "The rest.", 9,
                **{form: Ref(f"{address}.{form}") for form in forms}),
    )  # fmt: skip
