"""Asking CBS for JSON: patient with a service that is busy or cut off, and never elsewhere."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from .language import gettext as _

_TRIES = 4
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0
_TIMEOUT = 60.0
_LARGEST_ANSWER = 100_000_000
_MOST_PAGES = 1_000
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_NEXT = ("@odata.nextLink", "odata.nextLink")


class StatlineAway(Exception):
    """CBS could not be asked; the message says why, in the reader's language."""


class NotThere(StatlineAway):
    """CBS answered that there is no such thing."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How an address is asked; `pause` waits so many seconds between two tries."""

    pause: Callable[[float], None] = field(default=time.sleep)
    tries: int = _TRIES
    timeout: float = _TIMEOUT

    def object_at(self, address: str) -> dict[str, Any]:
        """The JSON object at an address. Raises NotThere, and StatlineAway after the last try."""
        wait = _FIRST_PAUSE
        why = ""
        for number in range(self.tries):
            if number:
                self.pause(min(wait, _LONGEST_PAUSE))
                wait *= 2
            try:
                return self._once(address)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code in {404, 410}:
                    raise NotThere(_("%(address)s is not there.") % {"address": address}) from error
                why = f"HTTP {error.code}"
                if error.code not in _BUSY:
                    break
                wait = max(wait, _asked_to_wait(error))
            except (OSError, http.client.HTTPException, ValueError) as error:
                # A cut connection leaves half an answer: no JSON, or fewer bytes than announced.
                why = str(error) or type(error).__name__
        words = _("%(address)s does not answer: %(why)s")
        raise StatlineAway(words % {"address": address, "why": why})

    def rows_at(self, address: str) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page; follows links to the same host only."""
        host = urlsplit(address).netloc
        for _page in range(_MOST_PAGES):
            answer = self.object_at(address)
            rows = answer.get("value")
            if not isinstance(rows, list):
                words = _("%(address)s does not answer: %(why)s")
                raise StatlineAway(words % {"address": address, "why": _("it is no list")})
            yield from rows
            following = next((answer[name] for name in _NEXT if answer.get(name)), None)
            if following is None:
                return
            address = urljoin(address, str(following))
            if urlsplit(address).netloc != host:
                words = _("CBS points to another host, which is not followed: %(address)s")
                raise StatlineAway(words % {"address": address})
        raise StatlineAway(_("The list has no end: %(address)s") % {"address": address})

    def _once(self, address: str) -> dict[str, Any]:
        if urlsplit(address).scheme not in {"http", "https"}:
            raise StatlineAway(_("%(address)s is no web address.") % {"address": address})
        request = urllib.request.Request(  # noqa: S310  the scheme was looked at above
            quote(address, safe=":/?#[]@!$&'()*+,;=%"),
            headers={"Accept": "application/json", "User-Agent": "vliegwiel"},
        )
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
            content = answer.read(_LARGEST_ANSWER + 1)
        if len(content) > _LARGEST_ANSWER:
            raise StatlineAway(_("The answer of %(address)s is too large.") % {"address": address})
        found = json.loads(content)
        if not isinstance(found, dict):
            raise ValueError(_("it is no JSON object"))
        return found


def _asked_to_wait(error: urllib.error.HTTPError) -> float:
    """The seconds that a busy service asks for; none when it does not say."""
    said = error.headers.get("Retry-After", "") if error.headers else ""
    return float(said) if said.isdigit() else 0.0
