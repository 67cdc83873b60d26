"""The key under which numbers of persons become pseudonyms; it never stands in the database."""

from .environment import DATA_DIR, env, faults

# 32 bytes at random, as they look when they are written in letters and digits.
_KEY_LENGTH = 43

PSEUDONYM_KEY = env.str("PSEUDONYM_KEY", default="")
# Without the variable a key is made at first use and kept in this file.
PSEUDONYM_KEY_FILE = DATA_DIR / "pseudonym-key"

if PSEUDONYM_KEY and len(PSEUDONYM_KEY) < _KEY_LENGTH:
    faults.append(
        "VLIEGWIEL_PSEUDONYM_KEY is too short. Make one with: "
        "python -c 'import secrets; print(secrets.token_hex(32))'"
    )

__all__ = ["PSEUDONYM_KEY", "PSEUDONYM_KEY_FILE"]
