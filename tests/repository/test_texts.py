"""What must not stand in any file that git keeps."""

import re

import pytest

from .source import PACKAGE, name_of, tracked_files

# Parts are joined here, so that this file does not hold what it looks for.
FOLDERS = "|".join(("ro" + "ot", "ho" + "me", "Us" + "ers", "wo" + "rk"))
MACHINE_PATH = re.compile(rf"(?<![\w./~:\-}}>)])/(?:{FOLDERS})/[\w.]")
REGISTRY_WORDS = "|".join(("regis" + "try", "py" + "pi", "npm" + "js", "artifac" + "tory"))
REGISTRY = re.compile(rf"https?://[\w.-]*(?:{REGISTRY_WORDS})[\w.-]*", re.IGNORECASE)
REGISTRY_SETTING = re.compile(r"^\s*(?:extra-)?index-url\s*=|^\s*registry\s*=", re.MULTILINE)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
SECRET = re.compile(r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----")


def texts() -> dict[str, str]:
    found = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found[name_of(path)] = content.decode("utf-8")
    return found


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("path of a machine", MACHINE_PATH),
        ("address of a registry", REGISTRY),
        ("setting of a registry", REGISTRY_SETTING),
        ("unfinished work", UNFINISHED),
        ("key", SECRET),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_file_holds(what: str, pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts().items()
        for match in pattern.finditer(text)
    ]
    assert not found, what


@pytest.mark.parametrize(
    "text",
    [
        "read /" + "ro" + "ot/x/file",
        "open('/" + "ho" + "me/jan/data.csv')",
        '"/' + "wo" + 'rk/main/src"',
    ],
)
def test_a_path_of_a_machine_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "/regio/ijsselland/wo" + "rk/",
        "~/ho" + "me/x",
        "{% url 'home' %}",
        "https://a.nl/ho" + "me/x",
    ],
)
def test_an_address_of_the_site_is_not_one(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_text_files_end_with_one_line_end_and_have_no_spaces_before_it() -> None:
    ours = {".py", ".md", ".html", ".css", ".js", ".mjs", ".yml", ".toml"}
    sloppy = [
        name
        for name, text in texts().items()
        if name.endswith(tuple(ours)) and text
        if not text.endswith("\n") or text.endswith("\n\n") or re.search(r"[ \t]+$", text, re.M)
    ]
    assert not sloppy


def test_templates_hold_no_inline_style_or_script() -> None:
    """The content security policy allows neither, so the browser would leave it out."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|javascript:",
        re.IGNORECASE,
    )
    templates = sorted((PACKAGE / "web/templates").rglob("*.html"))
    assert templates
    found = [
        f"{name_of(path)}: {match[0].strip()}"
        for path in templates
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found
