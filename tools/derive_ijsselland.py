"""Write the care system of IJsselland anew from the published figures and stated assumptions.

python tools/derive_ijsselland.py            writes the document
python tools/derive_ijsselland.py --check    exit status 1 when the document differs
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "src" / "vliegwiel" / "reference"
TARGET = REFERENCE / "care_systems" / "ijsselland.json"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from ijsselland.document import build  # noqa: E402  (the path is set above)

from vliegwiel.science.caresystem import DocumentError, read_care_system  # noqa: E402


def main() -> int:
    """Write or check the document; it is never written when the product cannot read it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    document = build(REFERENCE / "sources.json")
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    try:
        read_care_system(text)
    except DocumentError as error:
        for fault in error.faults:
            print(f"{fault.path}: {fault}", file=sys.stderr)
        return 1
    if arguments.check:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("up to date" if same else "differs: run tools/derive_ijsselland.py")
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(f"written: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
