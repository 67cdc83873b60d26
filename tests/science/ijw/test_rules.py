"""Every check finds what it is for, and does what its severity says.

A case changes one thing in a valid message. Checks of the file itself stand in test_opening.py.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from vliegwiel.science.ijw import FINDING_MESSAGES, FORM_LABELS, RULES, Reading, Severity

from .samples import (
    OTHER_BSN,
    Content,
    asked,
    assigned,
    line,
    reading,
    sample,
    size,
    started,
    written,
)
from .test_opening import FILE_RULES

Change = Callable[[Content], object]


def product_in(content: Content) -> Content:
    """The only product, start, stop or line of a message."""
    client = content.get("Client") or content["Declaratie"]["Clienten"]["Client"][0]
    lists = {
        "ToegewezenProducten": "ToegewezenProduct",
        "StartProducten": "StartProduct",
        "StopProducten": "StopProduct",
        "AangevraagdeProducten": "AangevraagdProduct",
        "Prestaties": "Prestatie",
    }
    for outer, inner in lists.items():
        if outer in client:
            found: Content = client[outer][inner][0]
            return found
    raise KeyError("no product")


def product(**changes: Any) -> Change:
    """Change the product of a message; None leaves an element out."""

    def change(content: Content) -> None:
        item = product_in(content)
        for name, value in changes.items():
            if value is None:
                item.pop(name, None)
            else:
                item[name] = value

    return change


def header(**changes: Any) -> Change:
    return lambda content: content["Header"].update(changes)


def client(**changes: Any) -> Change:
    return lambda content: content["Client"].update(changes)


def dated(day: date) -> Change:
    identification = {"Identificatie": "M1", "Dagtekening": day}
    return header(BerichtIdentificatie=identification)


def twice(change: Content | None = None) -> Change:
    """The same product once more, with changes."""

    def add(content: Content) -> None:
        for outer, inner in (
            ("ToegewezenProducten", "ToegewezenProduct"),
            ("StartProducten", "StartProduct"),
            ("AangevraagdeProducten", "AangevraagdProduct"),
        ):
            if outer in content["Client"]:
                items = content["Client"][outer][inner]
                items.append({**items[0], **(change or {})})

    return add


def answer(**changes: Any) -> Change:
    def change(content: Content) -> None:
        content["Antwoord"].update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del content["Antwoord"][name]

    return change


def declaration(**changes: Any) -> Change:
    return lambda content: content["Declaratie"].update(changes)


def lines(*items: Content, total: int | None = None) -> Change:
    def change(content: Content) -> None:
        content["Declaratie"]["Clienten"]["Client"][0]["Prestaties"]["Prestatie"] = list(items)
        credit = {"D": 1, "C": -1}
        amounts = [item["IngediendBedrag"] for item in items]
        due = sum(amount["Bedrag"] * credit[amount["DebetCredit"]] for amount in amounts)
        due = due if total is None else total
        side = "C" if due < 0 else "D"
        content["Declaratie"]["TotaalIngediendBedrag"] = {
            "TotaalBedrag": abs(due),
            "DebetCredit": side,
        }

    return change


def credit(reference: str, previous: str | None, cents: int = 5000) -> Content:
    numbers = {"ReferentieNummer": reference}
    if previous is not None:
        numbers["VorigReferentieNummer"] = previous
    return {
        **line(),
        "ProductReferentie": numbers,
        "IngediendBedrag": {"Bedrag": cents, "DebetCredit": "C"},
        "GeleverdVolume": cents // 1250,
    }


def with_client(bsn: str, *items: Content) -> Change:
    def change(content: Content) -> None:
        clients = content["Declaratie"]["Clienten"]["Client"]
        clients.append({"Bsn": bsn, "Prestaties": {"Prestatie": list(items)}})
        content["Declaratie"]["TotaalIngediendBedrag"]["TotaalBedrag"] = 5000 * (1 + len(items))

    return change


def request(**changes: Any) -> Change:
    def change(content: Content) -> None:
        verzoek = content["Client"]["Verzoek"]
        for name, value in changes.items():
            if value is None:
                verzoek.pop(name)
            else:
                verzoek[name] = value

    return change


def refusal(**changes: Any) -> Change:
    return lambda content: content["DeclaratieAntwoord"].update(changes)


def refused_line(**changes: Any) -> Change:
    def change(content: Content) -> None:
        (one,) = content["DeclaratieAntwoord"]["Clienten"]["Client"]
        one["Prestaties"]["Prestatie"][0].update(changes)

    return change


EARLY, LATE = date(2025, 2, 1), date(2025, 12, 31)
MARCH = {"Begindatum": date(2025, 3, 1), "Einddatum": date(2025, 3, 31)}

#: Rule, kind of message, what is changed in a valid one.
CASES: list[tuple[str, str, Change]] = [
    ("other_code", "JW301", header(BerichtCode="438")),
    ("other_version", "JW301", header(BerichtSubversie=1)),
    ("schema_version", "JW301", header(XsdVersie={"BasisschemaXsdVersie": "1.0.0",
                                                  "BerichtXsdVersie": "1.0"})),
    ("unknown_municipality", "JW305", header(Ontvanger="9999")),
    ("unknown_municipality", "JW301", product(Ingangsdatum=EARLY) and header(Afzender="0457")),
    ("unknown_municipality", "JW319", answer(RedenAfwijzingVerzoek="8",
                                             Woonplaatsbeginsel={"Gemeente": "0003"})),
    ("message_in_future", "JW319", dated(date(2025, 7, 1))),
    ("before_release", "JW319", dated(date(2023, 4, 2))),
    ("bsn_test", "JW305", client(Bsn="123456789")),
    ("bsn_of_tests", "JW305", client(Bsn="999900006")),
    ("birth_use", "JW305", client(Geboortedatum={"Datum": "2012-05-17", "DatumGebruik": "1"})),
    ("birth_use", "JW305", client(Geboortedatum={"Datum": "2012-05-01", "DatumGebruik": "2"})),
    ("birth_use", "JW305", client(Geboortedatum={"Datum": "2012-01-01", "DatumGebruik": "3"})),
    ("birth_in_future", "JW305", client(Geboortedatum={"Datum": "2025-03-11"})),
    ("too_old", "JW305", client(Geboortedatum={"Datum": "1904-01-01"})),
    ("adult", "JW305", client(Geboortedatum={"Datum": "2001-03-05"})),
    ("end_before_begin", "JW301", product(Einddatum=EARLY)),
    ("end_before_begin", "JW315", product(ToewijzingEinddatum=EARLY)),
    ("end_before_begin", "JW317", request(TeWijzigenProducten={"TeWijzigenProduct": [
        {"ToewijzingNummer": 1, "GewensteIngangsdatum": LATE, "Einddatum": EARLY}]})),
    ("end_before_begin", "JW323", lines({**line(), "ProductPeriode": {
        "Begindatum": date(2025, 2, 2), "Einddatum": date(2025, 2, 1)}})),
    ("product_missing", "JW301", product(Product=None, Omvang=None)),
    ("size_missing", "JW301", product(Omvang=None)),
    ("size_missing", "JW315", product(Omvang=None)),
    ("size_and_budget", "JW301", product(Budget=100)),
    ("size_without_code", "JW301", product(Product={"Categorie": "45"})),
    ("end_missing", "JW301", product(Einddatum=None)),
    ("end_missing", "JW301", product(Einddatum=None, Omvang=None, Product=None, Budget=100)),
    ("unit_and_frequency", "JW301", product(Omvang={**size(), "Eenheid": "16",
                                                    "Frequentie": "1"})),
    ("same_record_twice", "JW301", twice()),
    ("same_record_twice", "JW305", twice()),
    ("removed_with_period", "JW301", product(RedenWijziging="13")),
    ("old_reason", "JW301", product(RedenWijziging="01")),
    ("same_product_overlaps", "JW301", twice({"ToewijzingNummer": 2})),
    ("decided_after_message", "JW301", product(Toewijzingsdatum=date(2025, 3, 11))),
    ("status_refused", "JW305", product(StatusAanlevering="2")),
    ("status_refused", "JW307", product(StatusAanlevering="9")),
    ("start_after_message", "JW305", product(Begindatum=date(2025, 3, 11))),
    ("stop_before_start", "JW307", product(Einddatum=date(2025, 3, 4))),
    ("without_number", "JW307", product(ToewijzingNummer=None)),
    ("reference_twice", "JW315", twice({"ToewijzingIngangsdatum": date(2025, 4, 1)})),
    ("referrer_named_wrongly", "JW315", product(Verwijzer={"Type": "05"})),
    ("referrer_named_wrongly", "JW315", product(Verwijzer={
        "Type": "02", "Naam": "A", "ZorgverlenerCode": "70010001"})),
    ("referrer_needs_no_code", "JW315", product(Verwijzer={
        "Type": "01", "ZorgverlenerCode": "70010001"})),
    ("decision_day", "JW315", product(BeschikkingNummer=3)),
    ("nothing_asked", "JW317", request(TeWijzigenProducten=None, NieuweProducten=None)),
    ("nothing_asked", "JW317", request(OngewijzigdeProducten=None, TeWijzigenProducten=None)),
    ("refusal_without_reason", "JW319", answer(RedenAfwijzingVerzoek=None)),
    ("reason_without_refusal", "JW319", answer(VerzoekAntwoord="2")),
    ("responsible_missing", "JW319", answer(RedenAfwijzingVerzoek="8")),
    ("responsible_needless", "JW319", answer(Woonplaatsbeginsel={"Gemeente": "0150"})),
    ("not_a_month", "JW323", declaration(DeclaratiePeriode={
        "Begindatum": EARLY, "Einddatum": date(2025, 2, 27)})),
    ("month_too_early", "JW323", declaration(DeclaratiePeriode={
        "Begindatum": date(2020, 12, 1), "Einddatum": date(2020, 12, 31)})),
    ("number_of_two_youths", "JW323", with_client(OTHER_BSN, line("PREST78"))),
    ("line_over_months", "JW323", lines({**line(), "ProductPeriode": {
        "Begindatum": date(2025, 1, 31), "Einddatum": date(2025, 2, 1)}})),
    ("line_after_declaration", "JW323", lines({**line(), "ProductPeriode": MARCH})),
    ("line_too_old", "JW323", lines({**line(), "ProductPeriode": {
        "Begindatum": date(2020, 3, 1), "Einddatum": date(2020, 3, 9)}})),
    ("amount_differs", "JW323", lines({**line(), "GeleverdVolume": 5})),
    ("euros_differ", "JW323", lines({key: value for key, value in {
        **line(), "Eenheid": "83", "GeleverdVolume": 4999}.items() if key != "ProductTarief"})),
    ("tariff_wrong", "JW323", lines({**line(), "Eenheid": "83", "GeleverdVolume": 5000})),
    ("tariff_wrong", "JW323", lines({key: value for key, value in line().items()
                                     if key != "ProductTarief"})),
    ("total_differs", "JW323", lines(line(), total=4000)),
    ("total_differs", "JW323", lines(line(), total=-5000)),
    ("zero_credit", "JW323", lines(credit("C1", "OLD1", cents=0))),
    ("performance_twice", "JW323", lines(line(), {**line(), "ProductPeriode": MARCH})),
    ("credit_of_nothing", "JW323", lines(credit("C1", None))),
    ("debit_of_another", "JW323", lines({**line(), "ProductReferentie": {
        "ReferentieNummer": "PREST77", "VorigReferentieNummer": "OLD1"}})),
    ("credit_beside_debit", "JW323", lines(line(), credit("C1", "PREST77"))),
    ("second_debit", "JW323", lines(line(), line("PREST78"))),
    ("not_refused", "JW325", refused_line(RetourCodes={"RetourCode": ["0200"]})),
    ("granted_differs", "JW325", refusal(TotaalToegekendBedrag={
        "TotaalBedrag": 100, "DebetCredit": "D"})),
    ("amount_differs", "JW325", refused_line(GeleverdVolume=5)),
]  # fmt: skip


def result_of(kind: str, change: Change) -> Reading:
    content = sample(kind)
    change(content)
    return reading(written(kind, content))


@pytest.mark.parametrize(
    ("rule", "kind", "change"), CASES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_check(rule: str, kind: str, change: Change) -> None:
    result = result_of(kind, change)
    finding = next(finding for finding in result.findings if finding.rule == rule)
    assert finding.severity is RULES[rule].severity
    assert finding.path.startswith("Bericht")
    assert FINDING_MESSAGES[rule] % finding.params
    refused = finding.severity is Severity.MESSAGE
    assert result.counts.messages_refused == int(refused)
    assert bool(result.counts.messages) is not refused
    if finding.severity in {Severity.WARNING, Severity.NOTE}:
        # What counts once is set aside the second time; all else is kept with its warning.
        assert result.counts.records_set_aside == int(rule in {"performance_twice", "not_refused"})
    else:
        assert refused or result.counts.records_set_aside >= 1


def test_every_check_has_a_case() -> None:
    outside = {"empty_element", "zone", "value", "message_value", "no_such_date", "bsn_length"}
    outside |= {"structure", "structure_more", "attribute", "loose_text", "outside_region"}
    assert {rule for rule, _kind, _change in CASES} == set(RULES) - FILE_RULES - outside


def test_every_check_has_words() -> None:
    assert set(FINDING_MESSAGES) == set(RULES)
    assert all(FORM_LABELS.values())


def test_records_of_another_region_are_set_aside() -> None:
    result = reading(written("JW301"), region=frozenset({"0150"}))
    assert result.records == ()
    assert result.counts.records_set_aside == 1
    (finding,) = result.findings
    assert (finding.rule, finding.severity) == ("outside_region", Severity.RECORD)
    assert finding.params == {"municipality": "0193"}
    assert reading(written("JW301"), region=frozenset({"0193"})).findings == ()


def test_all_of_a_youth_is_set_aside_with_the_number() -> None:
    content = sample("JW305")
    content["Client"]["StartProducten"]["StartProduct"].append({**started(), "Begindatum": EARLY})
    content["Client"]["Bsn"] = "123456789"
    result = reading(written("JW305", content))
    assert result.records == ()
    assert result.counts.records_set_aside == 2


def test_a_budget_needs_no_product() -> None:
    change = product(Product=None, Omvang=None, Budget=100000)
    result = result_of("JW301", change)
    assert result.findings == ()
    (record,) = result.records
    assert (record.category, record.budget) == (None, 100000)  # type: ignore[union-attr]


def test_a_removed_assignment_overlaps_nothing() -> None:
    def change(content: Content) -> None:
        begin = assigned()["Ingangsdatum"]
        removed = {"ToewijzingNummer": 2, "RedenWijziging": "13", "Einddatum": begin}
        twice(removed)(content)

    assert result_of("JW301", change).findings == ()


def test_a_correction_of_a_start_is_no_duplicate() -> None:
    """A deletion of the old key and an insertion of the new one may stand in one message."""

    def change(content: Content) -> None:
        items = content["Client"]["StartProducten"]["StartProduct"]
        items[0]["StatusAanlevering"] = "3"
        items.append({**started(), "Begindatum": date(2025, 3, 6)})

    result = result_of("JW305", change)
    assert result.findings == ()
    assert [record.status for record in result.records] == ["3", "1"]  # type: ignore[union-attr]


def test_a_tariff_of_rounded_cents_is_no_difference() -> None:
    """3 hours at 33.333 euro: the tariff is written as 33.33, the amount is 100.00 (TR346)."""
    rounded = {
        **line(),
        "GeleverdVolume": 3,
        "ProductTarief": 3333,
        "IngediendBedrag": {"Bedrag": 10000, "DebetCredit": "D"},
    }
    assert result_of("JW323", lines(rounded)).findings == ()


def test_a_municipality_that_has_gone_is_right_for_old_days() -> None:
    def change(content: Content) -> None:
        content["Header"]["Ontvanger"] = "0457"
        item = asked()
        item["ToewijzingIngangsdatum"] = date(2022, 3, 23)
        content["Client"]["AangevraagdeProducten"]["AangevraagdProduct"] = [item]

    assert result_of("JW315", change).findings == ()
