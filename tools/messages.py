"""The texts of the product: collect them, add Dutch, compile, and check that nothing is missing.

    python tools/messages.py collect          write new English texts to the Dutch catalogue
    python tools/messages.py add FILE.json    add translations: {"English": "Dutch", ...}
    python tools/messages.py compile          make the .mo files (only when something changed)
    python tools/messages.py check            fail on a text without Dutch, or Dutch without a text

Babel does the work that Django's own commands leave to the GNU gettext programs, so that nothing
has to be installed on the machine.
"""

import ast
import fcntl
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/vliegwiel"
CATALOGUE = SOURCE / "locale/nl/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Tables of message templates, in rooms that may not import Django: every value is a text.
TABLES = re.compile(r"^([A-Z_]+_)?(MESSAGES|SENTENCES|LABELS)\b", re.MULTILINE)


def _texts_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is no text becomes X's; as Python, their indentation would mean something.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    for _line, function, found, _comments in extract_python(
        BytesIO(text.encode("utf-8")), list(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        messages = found if isinstance(found, tuple | list) else (found,)
        messages = tuple(message for message in messages if message)
        if not messages:
            continue
        if "pgettext" in function:
            yield (messages[1] if function[0] == "p" else messages[1:3]), messages[0]
        elif function.startswith("ngettext"):
            yield messages[:2], None
        else:
            yield messages[0], None


def _tables_of(path: Path) -> Iterator[str]:
    """Texts in tables such as FAULT_MESSAGES, read from the syntax tree: keys are codes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        target = getattr(node, "target", None) or (getattr(node, "targets", None) or [None])[0]
        if not isinstance(target, ast.Name) or not TABLES.match(target.id):
            continue
        for part in ast.walk(node.value):
            if isinstance(part, ast.Dict):
                for value in part.values:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value


def collect() -> dict[tuple[str | tuple[str, ...], str | None], list[str]]:
    """Every text that the sources ask for, with the files that do."""
    settings.configured or settings.configure(USE_I18N=True)
    found: dict[tuple[str | tuple[str, ...], str | None], list[str]] = {}
    templates = SOURCE / "web/templates"
    paths = sorted(SOURCE.rglob("*.py"))
    paths += sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")])
    for path in paths:
        if "migrations" in path.parts:
            continue
        texts = list(_texts_of(path))
        if path.suffix == ".py":
            texts += [(text, None) for text in _tables_of(path)]
        for key in texts:
            found.setdefault(key, []).append(path.relative_to(ROOT).as_posix())
    return found


@contextmanager
def _catalogue() -> Iterator[Catalog]:
    """The Dutch catalogue, locked while it is changed."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with (CATALOGUE.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _read()


def _read() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="nl", domain="django", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl", domain="django")


def _write(catalogue: Catalog) -> None:
    catalogue.header_comment = "# Dutch texts of Vliegwiel. EUPL-1.2."
    out = BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, no_location=True, omit_header=False)
    text = out.getvalue().decode("utf-8")
    # Dates of writing would make every merge of two branches a conflict.
    text = re.sub(r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By):.*\n', "", text, flags=re.M)
    temporary = CATALOGUE.with_suffix(".new")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(CATALOGUE)


def _merge(catalogue: Catalog) -> None:
    wanted = collect()
    keep = {(m.id, m.context): m for m in catalogue if m.id}
    fresh = Catalog(locale="nl", domain="django", fuzzy=False)
    for text, context in wanted:
        old: Message | None = keep.get((text, context))
        fresh.add(text, old.string if old else None, context=context)
    for (text, context), message in keep.items():
        # What nobody asks for yet may belong to a page that is being written: only `check` objects.
        if (text, context) not in wanted and message.string:
            fresh.add(text, message.string, context=context)
    _write(fresh)


def add(path: Path) -> None:
    translations = json.loads(path.read_text(encoding="utf-8"))
    with _catalogue() as catalogue:
        for text, dutch in translations.items():
            # Babel keeps the old translation, even an empty one, of a text that it has.
            if isinstance(dutch, list):
                # Plural forms: {"%(count)s month|%(count)s months": ["...", "..."]}
                singular, plural = text.split("|")
                catalogue.delete(singular)
                catalogue.add((singular, plural), tuple(dutch))
            else:
                catalogue.delete(text)
                catalogue.add(text, dutch)
        _merge(catalogue)


def compile_all() -> None:
    target = CATALOGUE.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= CATALOGUE.stat().st_mtime:
        return
    temporary = target.with_suffix(".new-mo")
    with temporary.open("wb") as file:
        write_mo(file, _read())
    temporary.replace(target)


def check() -> int:
    wanted = collect()
    catalogue = _read()
    have = {(m.id, m.context): m for m in catalogue if m.id}
    faults = StringIO()
    for (text, context), files in sorted(wanted.items(), key=str):
        message = have.get((text, context))
        strings = message.string if message else ""
        complete = all(strings) if isinstance(strings, tuple | list) else bool(strings)
        if not message or not complete or message.fuzzy:
            print(f"no Dutch for {text!r} ({', '.join(sorted(set(files)))})", file=faults)
        else:
            for fault in message.check(catalogue):
                print(f"{text!r}: {fault}", file=faults)
    for key in sorted(set(have) - set(wanted), key=str):
        print(f"nobody asks for {key[0]!r}", file=faults)
    print(faults.getvalue(), end="")
    print(f"{len(wanted)} texts, {len(faults.getvalue().splitlines())} faults")
    return 1 if faults.getvalue() else 0


def prune() -> None:
    """Drops the texts that nobody asks for any more."""
    with _catalogue() as catalogue:
        wanted = collect()
        for message in list(catalogue):
            if message.id and (message.id, message.context) not in wanted:
                catalogue.delete(message.id, message.context)
        _merge(catalogue)


def main() -> int:
    match sys.argv[1:]:
        case ["collect"]:
            with _catalogue() as catalogue:
                _merge(catalogue)
        case ["add", file]:
            add(Path(file))
        case ["compile"]:
            compile_all()
        case ["check"]:
            return check()
        case ["prune"]:
            prune()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
