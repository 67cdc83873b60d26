"""Version 1 put together, and its own description (OpenAPI)."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ninja import NinjaAPI

from vliegwiel.api.problems import MEDIA_TYPE, handle

from . import (
    agenda,
    care_systems,
    care_waits,
    continuity,
    figures,
    initiatives,
    insights,
    measurements,
    offers,
    pilots,
    regions,
    results,
    runs,
    scenarios,
    waiting_times,
    yardstick,
)
from .access import session

# Grows by the rules of semver: what is in v1 stays as it is, and more may come.
API_VERSION = "1.0.0"
ABOUT = """What the pages of Vliegwiel show, as JSON. You log in with the session of the site; a
change also needs its CSRF token in the header `X-CSRFToken`. Faults are told as
`application/problem+json`, all at once. Times are in UTC. Texts are Dutch, or English with
`Accept-Language: en`."""
LICENCE = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}

api = NinjaAPI(
    title="Vliegwiel",
    version=API_VERSION,
    description=ABOUT,
    auth=session,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
    openapi_extra={"info": {"license": LICENCE}},
)
for part in (
    regions, figures, waiting_times, care_waits, continuity, offers, insights, initiatives, agenda,
    yardstick, pilots, care_systems, scenarios, measurements,
    runs, results,
):  # fmt: skip
    api.add_router("", part.router)
handle(api)


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document, with what the library does not know: problems, version header."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    header = {"description": "version of this API", "schema": {"type": "string"}}
    for operation in _operations(found):
        for status, answer in operation["responses"].items():
            answer["headers"] = {"API-Version": header}
            if int(status) >= 400:
                answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
    return found


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()
