"""A small real OpenID Connect issuer: authorisation code with PKCE, signed tokens, on loopback."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "vliegwiel-test"
CLIENT_SECRET = "kept-between-the-two"

Claims = dict[str, Any]


def _fresh_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """Who logs in next is `person`; `spoil` may change the claims of the next token.

    `forge` signs with a key that is not published; `seen` is what the token endpoint was asked.
    """

    person: Claims = field(default_factory=dict)
    spoil: Callable[[Claims], None] = lambda claims: None
    sign: Callable[["Issuer", Claims], str] | None = None
    more: Claims | None = None
    refuse: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=_fresh_key)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> "Issuer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def configuration(self) -> Claims:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> Claims:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to; raises on what the standard forbids."""
        if asked["client_id"] != CLIENT_ID or asked["response_type"] != "code":
            raise ValueError("unknown client")
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            raise ValueError("PKCE is required")
        if not asked.get("nonce") or "openid" not in asked["scope"].split():
            raise ValueError("not an OpenID Connect request")
        back: dict[str, str] = {"state": asked["state"]}
        if self.refuse:
            back["error"] = self.refuse
        else:
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            back["code"] = code
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def exchange(self, asked: dict[str, str]) -> Claims:
        """Tokens for a code, once, and only with the verifier of its challenge."""
        self.asked.append(asked)
        given = self.codes.pop(asked.get("code", ""), None)
        if given is None or asked.get("client_secret") != CLIENT_SECRET:
            raise ValueError("invalid_grant")
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != given["code_challenge"] or asked["redirect_uri"] != given["redirect_uri"]:
            raise ValueError("invalid_grant")
        return {
            "access_token": "opens-user-info",
            "token_type": "Bearer",
            "id_token": self.id_token(given["nonce"]),
        }

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.person,
        }
        self.spoil(claims)
        if self.sign is not None:
            return self.sign(self, claims)
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {key: values[0] for key, values in parse_qs(address.query).items()}
            match address.path:
                case "/.well-known/openid-configuration":
                    self._answer(issuer.configuration())
                case "/keys":
                    self._answer(issuer.keys())
                case "/userinfo":
                    self._answer(issuer.person if issuer.more is None else issuer.more)
                case "/authorize":
                    self.send_response(302)
                    self.send_header("Location", issuer.authorize(asked))
                    self.end_headers()
                case _:
                    self.send_error(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = {key: values[0] for key, values in parse_qs(body).items()}
            try:
                self._answer(issuer.exchange(asked))
            except ValueError as error:
                self._answer({"error": str(error)}, 400)

        def _answer(self, body: Claims, status: int = 200) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_args: object) -> None:
            """Quiet: a test reads answers."""

    return Handler
