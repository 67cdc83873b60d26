"""Texts of the login library that reach a reader, and that we say in words of our own in Dutch.

The library addresses people less formally than the rest of the site. A translation of ours comes
before its own; this table is how the tools that collect texts find what is to be translated.
"""

from collections.abc import Mapping
from typing import Final

LIBRARY_MESSAGES: Final[Mapping[str, str]] = {
    "same_password": "You must type the same password each time.",
    "password_again": "New Password (again)",
    "totp_code": "Authenticator code",
    "by_password": "Use your password",
    "by_code": "Use authenticator app or code",
    "slow_down": "Be patient, you are sending too many requests.",
}
