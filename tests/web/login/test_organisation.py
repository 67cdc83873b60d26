"""Staff log in at their organisation: the code flow with PKCE, against a real small issuer."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.http import HttpResponse
from django.test import Client

from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Membership, Region, User
from vliegwiel.apps.regions.rights import Role

from .issuer import CLIENT_ID, CLIENT_SECRET, Claims, Issuer

pytestmark = pytest.mark.django_db

LOGIN = "/account/organisation/staff/login/"
ANNA = {
    "sub": "7f3a",
    "email": "Anna@Gemeente.example",
    "name": "Anna Smit",
    "groups": ["jeugd-analist", "kantine"],
}


@pytest.fixture(scope="module")
def running_issuer() -> Iterator[Issuer]:
    with Issuer() as issuer:
        yield issuer


@pytest.fixture
def issuer(running_issuer: Issuer, settings: Any) -> Issuer:
    running_issuer.person = dict(ANNA)
    running_issuer.spoil = lambda claims: None
    running_issuer.sign = None
    running_issuer.more = None
    running_issuer.refuse = ""
    running_issuer.asked.clear()
    settings.OIDC_ISSUER = running_issuer.address
    settings.OIDC_GROUPS = {
        "jeugd-analist": ["JZ10", "analyst"],
        "jeugd-bestuur": ["JZ10", "reader"],
    }
    provider = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {
        "provider_id": "staff",
        "name": "Gemeente",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": running_issuer.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**provider, "APPS": [app]}}
    return running_issuer


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def go_out(client: Client, next_page: str = "") -> dict[str, str]:
    """Presses the button; returns what the browser takes along to the issuer."""
    answer = client.post(LOGIN, {"next": next_page} if next_page else {})
    assert answer.status_code == 302, answer.content.decode()
    return {"url": answer.headers["Location"]} | {
        key: values[0]
        for key, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()
    }


def visit(url: str) -> str:
    """The address (path and query) to which the issuer sends the browser back."""
    opener = urllib.request.build_opener(_Stay)
    with pytest.raises(urllib.error.HTTPError) as caught:
        opener.open(url)
    with caught.value as answer:
        assert answer.code == 302
        back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def log_in(client: Client, next_page: str = "") -> HttpResponse:
    return client.get(visit(go_out(client, next_page)["url"]))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_staff_come_in_with_the_roles_of_their_groups(
    issuer: Issuer, client: Client, region: Region
) -> None:
    answer = log_in(client, "/proof/ijsselland/write")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/proof/ijsselland/write")
    assert client.get("/proof/ijsselland/write").status_code == 200
    user = User.objects.get()
    assert (user.email, user.name) == ("anna@gemeente.example", "Anna Smit")
    assert not user.has_usable_password()
    assert [m.role for m in user.memberships.all()] == ["analyst"]


def test_the_request_carries_pkce_state_and_nonce(issuer: Issuer, client: Client) -> None:
    out = go_out(client)
    assert out["code_challenge_method"] == "S256"
    assert len(out["code_challenge"]) == 43
    assert len(out["nonce"]) >= 32
    assert len(out["state"]) >= 16
    assert sorted(out["scope"].split()) == ["email", "openid", "profile"]
    assert out["redirect_uri"] == "http://testserver/account/organisation/staff/login/callback/"
    assert go_out(client)["nonce"] != out["nonce"]


def test_what_an_address_asks_for_is_not_passed_on(issuer: Issuer, client: Client) -> None:
    answer = client.post(f"{LOGIN}?scope=offline_access&auth_params=prompt%3Dnone")
    assert "offline_access" not in answer.headers["Location"]
    assert "prompt" not in answer.headers["Location"]


def test_the_issuer_gets_the_verifier_and_refuses_a_wrong_one(
    issuer: Issuer, client: Client
) -> None:
    log_in(client)
    assert len(issuer.asked[0]["code_verifier"]) >= 43

    stranger = Client()
    back = visit(go_out(stranger)["url"])
    # A code that was caught is of no use in a browser that holds another verifier.
    thief = Client()
    own_state = go_out(thief)["state"]
    code = parse_qs(urlsplit(back).query)["code"][0]
    answer = thief.get(f"{LOGIN}callback/?code={code}&state={own_state}")
    assert answer.status_code == 401
    assert not is_in(thief)
    assert User.objects.count() == 1


def test_a_state_of_another_browser_is_refused(issuer: Issuer, client: Client) -> None:
    back = visit(go_out(client)["url"])
    victim = Client()
    assert victim.get(back).status_code == 401
    assert not is_in(victim)
    assert not User.objects.exists()


def test_a_callback_counts_once(issuer: Issuer, client: Client) -> None:
    back = visit(go_out(client)["url"])
    assert client.get(back).status_code == 302
    other = Client()
    other.cookies = client.cookies
    assert other.get(back).status_code == 401


def _set(**changes: Any) -> Callable[[Claims], None]:
    return lambda claims: claims.update(changes)


def _drop(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_set(nonce="another"), id="nonce of another login"),
        pytest.param(_drop("nonce"), id="no nonce"),
        pytest.param(_set(exp=1_600_000_000), id="expired"),
        pytest.param(_drop("exp"), id="never expires"),
        pytest.param(_set(iss="https://elsewhere.example"), id="another issuer"),
        pytest.param(_set(aud="another-client"), id="meant for another client"),
        pytest.param(_set(aud=[CLIENT_ID, "other"], azp="other"), id="made for another client"),
        pytest.param(_set(sub="somebody else"), id="not whom the user info is about"),
        pytest.param(_set(iat=4_000_000_000), id="from the future"),
    ],
)
def test_a_token_that_does_not_fit_is_refused(
    issuer: Issuer, client: Client, spoil: Callable[[Claims], None]
) -> None:
    issuer.spoil = spoil
    assert log_in(client).status_code == 401
    assert not is_in(client)
    assert not User.objects.exists()


def _forged(issuer: Issuer, claims: Claims) -> str:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, other, algorithm="RS256", headers={"kid": "one"})


def _unknown_key(issuer: Issuer, claims: Claims) -> str:
    return jwt.encode(claims, issuer.key, algorithm="RS256", headers={"kid": "two"})


def _unsigned(issuer: Issuer, claims: Claims) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": "one"})


def _shared_secret(issuer: Issuer, claims: Claims) -> str:
    secret = CLIENT_SECRET.ljust(32, "x")
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "one"})


def _tampered(issuer: Issuer, claims: Claims) -> str:
    head, _body, signature = issuer_token(issuer, claims).split(".")
    other = issuer_token(issuer, {**claims, "groups": ["jeugd-bestuur"]}).split(".")[1]
    return f"{head}.{other}.{signature}"


def issuer_token(issuer: Issuer, claims: Claims) -> str:
    return jwt.encode(claims, issuer.key, algorithm="RS256", headers={"kid": "one"})


@pytest.mark.parametrize(
    "sign",
    [
        _forged,
        _unknown_key,
        _unsigned,
        _shared_secret,
        _tampered,
        lambda issuer, claims: "",
        lambda issuer, claims: "not.a.token",
    ],
    ids=["forged", "unknown key", "unsigned", "shared secret", "tampered", "none", "nonsense"],
)
def test_a_wrong_signature_is_refused(
    issuer: Issuer, client: Client, sign: Callable[[Issuer, Claims], str]
) -> None:
    issuer.sign = sign
    assert log_in(client).status_code == 401
    assert not User.objects.exists()


def test_an_issuer_with_another_name_is_refused(
    issuer: Issuer, client: Client, settings: Any
) -> None:
    settings.OIDC_ISSUER = "https://login.gemeente.example"
    assert client.post(LOGIN).status_code == 401


def test_an_issuer_that_is_away_gives_a_page(issuer: Issuer, client: Client, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    assert client.post(LOGIN).status_code == 401


def test_somebody_who_changes_his_mind_gets_a_page(issuer: Issuer, client: Client) -> None:
    issuer.refuse = "access_denied"
    answer = log_in(client)
    assert answer.headers["Location"] == "/account/organisation/cancelled/"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_groups_give_and_take_roles_at_every_login(
    issuer: Issuer, client: Client, region: Region
) -> None:
    log_in(client)
    user = User.objects.get()
    services.give_role(user=user, region=region, role=Role.PROJECT_LEAD)

    issuer.person["groups"] = "jeugd-bestuur"
    issuer.person["name"] = "Anna Smit-Jansen"
    log_in(Client())
    assert _roles(user) == {"project_lead", "reader"}
    user.refresh_from_db()
    assert user.name == "Anna Smit-Jansen"

    del issuer.person["groups"]
    log_in(Client())
    assert _roles(user) == {"project_lead"}


def _roles(user: User) -> set[str]:
    return set(Membership.objects.filter(user=user).values_list("role", flat=True))


@pytest.mark.parametrize("groups", [None, 7, {"a": 1}, [["x"], {"y": 2}, 3, None]])
def test_odd_groups_give_nothing(
    issuer: Issuer, client: Client, region: Region, groups: object
) -> None:
    issuer.person["groups"] = groups
    assert log_in(client).status_code == 302
    assert _roles(User.objects.get()) == set()


def test_who_was_dismissed_stays_out(issuer: Issuer, client: Client) -> None:
    log_in(client)
    User.objects.update(is_active=False)
    again = Client()
    assert log_in(again).headers["Location"] == "/account/inactive/"
    assert not is_in(again)


def test_an_address_that_logs_in_here_already_is_not_taken_over(
    issuer: Issuer, client: Client, region: Region
) -> None:
    services.make_user(email="anna@gemeente.example", name="Beheer", password="x" * 14, roles=[])
    answer = log_in(client)
    assert answer.headers["Location"] == "/account/login/"
    assert not is_in(client)
    assert User.objects.get().has_usable_password()
    assert not SocialAccount.objects.exists()


def test_without_an_address_nobody_comes_in(issuer: Issuer, client: Client) -> None:
    del issuer.person["email"]
    assert log_in(client).headers["Location"] == "/account/login/"
    assert not User.objects.exists()


def test_only_the_number_of_the_person_is_kept(issuer: Issuer, client: Client) -> None:
    log_in(client)
    assert SocialAccount.objects.get().extra_data == {"sub": "7f3a"}
    assert not SocialToken.objects.exists()


def test_the_second_factor_is_the_organisations_business(
    issuer: Issuer, client: Client, region: Region, settings: Any
) -> None:
    settings.MFA_REQUIRED = True
    log_in(client)
    assert client.get("/proof/ijsselland/write").status_code == 200


def test_accounts_are_not_joined_by_hand(
    issuer: Issuer, client: Client, log_in: Callable[[Client], Client]
) -> None:
    log_in(client)
    out = client.post(f"{LOGIN}?process=connect").headers["Location"]
    assert client.get(visit(out)).status_code == 401
    assert not SocialAccount.objects.exists()


def test_logging_in_takes_a_button_not_a_link(issuer: Issuer, client: Client) -> None:
    answer = client.get(LOGIN)
    assert answer.status_code == 200
    assert b"csrfmiddlewaretoken" in answer.content


def test_without_configuration_there_is_no_such_login(client: Client) -> None:
    assert client.post(LOGIN).status_code == 404
