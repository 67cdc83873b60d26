"""Reading an ID token: nothing in it is believed before its signature and its claims are checked.

OpenID Connect Core 1.0, section 3.1.3.7.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# Signatures by a key pair. "none" and the shared-secret kinds (HS256) are never taken.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]
# How far two clocks may differ, in seconds.
CLOCK_DIFFERENCE = 30
REQUIRED_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]


def read_id_token(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str
) -> dict[str, Any]:
    """The claims of `token`; OAuth2Error when it is not to be trusted, saying which check failed.

    `keys` is the issuer's key set (JWKS). The nonce is the caller's to compare.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key_of(token, keys),
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=CLOCK_DIFFERENCE,
            options={"require": REQUIRED_CLAIMS},
        )
    except jwt.PyJWTError as error:
        raise OAuth2Error(f"ID token refused: {type(error).__name__}") from error
    if isinstance(claims["aud"], list) and claims.get("azp") != client_id:
        raise OAuth2Error("ID token refused: meant for several parties, and not made for us")
    return claims


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    wanted = jwt.get_unverified_header(token).get("kid")
    usable = [
        key
        for key in jwt.PyJWKSet.from_dict(dict(keys)).keys
        if key.public_key_use in (None, "sig")
    ]
    for key in usable:
        if key.key_id == wanted or (wanted is None and len(usable) == 1):
            return key
    raise OAuth2Error("ID token refused: signed with a key that the issuer does not publish")
