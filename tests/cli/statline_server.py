"""A service on this machine that answers in the form of CBS, for tests: pages, errors, cuts."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

MODIFIED = "2024-10-31T02:00:00+01:00"
PLACES = {"NL01  ": "Nederland", "JZ07  ": "IJsselland (JZ)", "JZ14  ": "Twente (JZ)",
          "GM0193": "Zwolle", "GM0177": "Raalte"}  # fmt: skip
PERIODS = {"2022JJ00": ("2022**", "NaderVoorlopig"), "2023HJ01": ("2023 1e halfjaar*", "Voorlopig")}
FORMS = {"T001": "JZ Totaal jeugdzorg", "J121": "JH 121 Totaal jeugdhulp zonder verblijf",
         "X999": "Een vorm die nog niemand kent"}  # fmt: skip
#: Table -> (place, period, form) -> youths, share; a place that is not here is not shown.
YOUTHS: dict[tuple[str, str, str], tuple[int, float]] = {
    ("NL01  ", "2022JJ00", "T001"): (469000, 10.5),
    ("JZ07  ", "2022JJ00", "T001"): (13500, 9.3),
    ("JZ07  ", "2022JJ00", "J121"): (12400, 8.5),
    ("JZ14  ", "2022JJ00", "T001"): (15600, 9.4),
    ("GM0193", "2022JJ00", "T001"): (3450, 9.6),
    ("GM0177", "2022JJ00", "T001"): (600, 5.9),
    ("JZ07  ", "2022JJ00", "X999"): (5, 0.0),
    ("JZ07  ", "2023HJ01", "T001"): (11000, 7.5),
}  # fmt: skip


@dataclass
class Service:
    """What the service does: which paths fail and how, and how often each was asked."""

    address: str = ""
    modified: str = MODIFIED
    youths: dict[tuple[str, str, str], tuple[int, float]] = field(
        default_factory=lambda: dict(YOUTHS)
    )
    #: Part of a path -> what happens on the next times: a status, or "cut" for half an answer.
    trouble: dict[str, list[Any]] = field(default_factory=dict)
    elsewhere: str = ""
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def v4(self) -> str:
        return f"{self.address}/v4"

    @property
    def v3(self) -> str:
        return f"{self.address}/v3"

    def cells(self) -> list[tuple[tuple[str, str, str], tuple[int | None, float | None]]]:
        hidden = [(("GM0177", "2023HJ01", "T001"), (None, None))]
        return [*self.youths.items(), *hidden]  # type: ignore[list-item]


def answer_to(service: Service, path: str, query: dict[str, list[str]]) -> Any:
    """The JSON object of an address; None when there is none."""
    _empty, version, table, *rest = path.split("/")
    if table != "85099NED" or len(rest) != 1:
        return None
    condition = query.get("$filter", [""])[0]
    wanted = [cell for cell in service.cells() if f"'{cell[0][0]}'" in condition]
    if version == "v4":
        return _v4(service, rest[0], wanted, int(query.get("$skip", ["0"])[0]), condition)
    return _v3(service, rest[0], wanted, int(query.get("$skip", ["0"])[0]), condition)


_PAGE = 6


def _v4(service: Service, what: str, wanted: list[Any], skip: int, condition: str) -> Any:
    observations = [
        {"Id": number, "Measure": code, "Value": value, "StringValue": None,
         "ValueAttribute": "Impossible" if value is None else "None",
         "RegioS": at[0], "Perioden": at[1],
         "VormenVanJeugdzorg": at[2]}
        for number, (at, values) in enumerate(wanted)
        for code, value in zip(("M1", "M2"), values, strict=True)
    ]  # fmt: skip
    page: dict[str, Any] = {"value": observations[skip : skip + _PAGE]}
    if skip + _PAGE < len(observations):
        host = service.elsewhere or service.address
        page["@odata.nextLink"] = (
            f"{host}/v4/85099NED/Observations?$filter={condition}&$skip={skip + _PAGE}"
        )
    return {
        "Properties": {"Identifier": "85099NED", "Title": "Kerncijfers over jeugdzorg",
                       "Modified": service.modified},
        "Dimensions": {"value": [
            {"Identifier": "VormenVanJeugdzorg", "Kind": "Dimension"},
            {"Identifier": "RegioS", "Kind": "GeoDimension"},
            {"Identifier": "Perioden", "Kind": "TimeDimension"}]},
        "MeasureCodes": {"value": [
            {"Identifier": "M1", "Title": "Jongeren met jeugdzorg", "Unit": "aantal",
             "Decimals": 0},
            {"Identifier": "M2", "Title": "In % bepaalde leeftijdsklasse", "Unit": "%",
             "Decimals": 1}]},
        "RegioSCodes": {"value": [{"Identifier": k, "Title": t} for k, t in PLACES.items()]},
        "PeriodenCodes": {"value": [{"Identifier": k, "Title": t, "Status": s}
                                    for k, (t, s) in PERIODS.items()]},
        "VormenVanJeugdzorgCodes": {"value": [{"Identifier": k, "Title": t}
                                              for k, t in FORMS.items()]},
        "Observations": page,
    }.get(what)  # fmt: skip


def _v3(service: Service, what: str, wanted: list[Any], skip: int, condition: str) -> Any:
    rows = [
        {"ID": number, "VormenVanJeugdzorg": at[2], "RegioS": at[0], "Perioden": at[1],
         "JongerenMetJeugdzorg_1": youths, "InBepaaldeLeeftijdsklasse_2": share}
        for number, (at, (youths, share)) in enumerate(wanted)
    ]  # fmt: skip
    page: dict[str, Any] = {"value": rows[skip : skip + _PAGE]}
    if skip + _PAGE < len(rows):
        page["odata.nextLink"] = (
            f"{service.v3}/85099NED/TypedDataSet?$format=json&$filter={condition}"
            f"&$skip={skip + _PAGE}"
        )
    return {
        "TableInfos": {"value": [{"ID": 0, "Title": "Kerncijfers over jeugdzorg",
                                  "Modified": "2024-10-31T02:00:00"}]},
        "DataProperties": {"value": [
            {"Key": "VormenVanJeugdzorg", "Type": "Dimension", "Title": "Vormen van jeugdzorg"},
            {"Key": "RegioS", "Type": "GeoDimension", "Title": "Regio's"},
            {"Key": "Perioden", "Type": "TimeDimension", "Title": "Perioden"},
            {"Key": "", "Type": "TopicGroup", "Title": "Jongeren"},
            {"Key": "JongerenMetJeugdzorg_1", "Type": "Topic", "Title": "Jongeren met jeugdzorg",
             "Unit": "aantal", "Decimals": 0},
            {"Key": "InBepaaldeLeeftijdsklasse_2", "Type": "Topic",
             "Title": "In % bepaalde leeftijdsklasse", "Unit": "%", "Decimals": 1}]},
        "RegioS": {"value": [{"Key": k, "Title": t} for k, t in PLACES.items()]},
        "Perioden": {"value": [{"Key": k, "Title": t, "Status": s}
                               for k, (t, s) in PERIODS.items()]},
        "VormenVanJeugdzorg": {"value": [{"Key": k, "Title": t} for k, t in FORMS.items()]},
        "TypedDataSet": page,
    }.get(what)  # fmt: skip


@contextmanager
def statline() -> Iterator[Service]:
    """The service, on a port of this machine."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            path = unquote(split.path)
            service.asked[path] += 1
            what = next((t.pop(0) for part, t in service.trouble.items() if part in path and t), 0)
            if isinstance(what, int) and what:
                self.send_error(what)
                return
            found = answer_to(service, path, parse_qs(split.query))
            if found is None:
                self.send_error(404)
                return
            content = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if what == "cut" else content)

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
