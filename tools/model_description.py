"""The description of the shipped care system, as pages of the documentation in both languages.

    python tools/model_description.py            write docs/methods/ijsselland-stress-des*.md
    python tools/model_description.py --check    fail when the pages are behind the document

The same as `vliegwiel describe-model ijsselland`.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
METHODS = ROOT / "docs/methods"
PAGES = {
    "en": METHODS / "ijsselland-stress-des.md",
    "nl": METHODS / "ijsselland-stress-des-nl.md",
}


def written(language: str) -> str:
    """What the command says in a language."""
    command = [sys.executable, "-m", "vliegwiel.cli", "describe-model", "ijsselland"]
    done = subprocess.run(
        [*command, "--language", language],
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def main() -> int:
    behind = []
    for language, page in PAGES.items():
        wanted = written(language)
        if "--check" not in sys.argv[1:]:
            page.write_text(wanted, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != wanted:
            behind.append(page.name)
    for name in behind:
        print(f"docs/methods/{name} is behind its document: python tools/model_description.py")
    return 1 if behind else 0


if __name__ == "__main__":
    raise SystemExit(main())
