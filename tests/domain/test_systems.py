"""A system's account: whose it is, what it allows, and until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.shared.actor import Actor
from app.domain.shared.ids import SystemId, organisation_id
from app.domain.systems.account import (
    LONGEST,
    SystemAccount,
    SystemScope,
    SystemState,
    is_organisation_number,
    login_of,
    login_of_actor,
)
from app.domain.systems.errors import LoginUnclear, ScopeNeeded, SystemRevoked, TimeOutOfBounds

NOW = datetime(2027, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ACCOUNT = SystemAccount(
    id=SystemId(UUID(int=1)),
    organisation_id=organisation_id(1),
    name="System",
    purpose="Something useful.",
    consumer="991825827",
    suppliers=("987654325",),
    issuer=None,
    client_id=None,
    scopes=tuple(SystemScope),
    holds_from=NOW,
    expires_at=NOW + 30 * DAY,
    registered_at=NOW,
    revoked_at=None,
    last_used_at=None,
    version=1,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"consumer": None},
        {"issuer": "https://issuer.example", "client_id": "client"},
        {"consumer": None, "suppliers": (), "issuer": "https://issuer.example"},
        {"consumer": None, "suppliers": (), "client_id": "client"},
        {"issuer": "https://issuer.example"},
        {"consumer": None, "issuer": "https://issuer.example", "client_id": "client"},
    ],
)
def test_it_has_to_be_clear_whose_it_is(changes: dict[str, object]) -> None:
    ACCOUNT.require_whole()
    by_client = {"consumer": None, "suppliers": (), "issuer": "https://issuer.example", "client_id": "client"}
    replace(ACCOUNT, **by_client).require_whole()  # type: ignore[arg-type]
    with pytest.raises(LoginUnclear):
        replace(ACCOUNT, **changes).require_whole()  # type: ignore[arg-type]


def test_it_ends_within_a_year_and_after_it_begins() -> None:
    for end in (NOW + timedelta(seconds=1), NOW + LONGEST):
        replace(ACCOUNT, expires_at=end).require_time(NOW)
    for end in (NOW, NOW - DAY, NOW + LONGEST + timedelta(seconds=1)):
        with pytest.raises(TimeOutOfBounds):
            replace(ACCOUNT, expires_at=end).require_time(NOW)
    with pytest.raises(TimeOutOfBounds):
        replace(ACCOUNT, holds_from=NOW + 40 * DAY).require_time(NOW)


def test_its_state_follows_from_its_dates() -> None:
    assert ACCOUNT.state(NOW - DAY) is SystemState.AHEAD
    assert ACCOUNT.state(NOW) is SystemState.ACTIVE
    assert ACCOUNT.state(NOW + 30 * DAY) is SystemState.OVER
    revoked = replace(ACCOUNT, revoked_at=NOW)
    assert revoked.state(NOW) is SystemState.REVOKED
    with pytest.raises(SystemRevoked):
        revoked.require_not_revoked()


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({"verksted:courses.read"}, {"courses.read"}),
        ({"ks:verksted/courses.read", "openid"}, {"courses.read"}),
        ({f"verksted:{scope}" for scope in SystemScope}, set(SystemScope)),
        ({"courses.read"}, set()),
        ({"verksted/courses.read"}, set()),
        ({"other:courses.read", "other:notverksted/courses.read"}, set()),
        ({"verksted:courses.delete", "verksted:courses"}, set()),
        (set(), set()),
    ],
)
def test_what_is_allowed_is_what_account_and_token_both_say(said: set[str], allowed: set[str]) -> None:
    assert set(ACCOUNT.allows(said)) == allowed
    for scope in SystemScope:
        if scope in allowed:
            ACCOUNT.require_scope(scope, said)
        else:
            with pytest.raises(ScopeNeeded):
                ACCOUNT.require_scope(scope, said)
    assert replace(ACCOUNT, scopes=()).allows({"verksted:courses.read"}) == ()


@pytest.mark.hazard("P-h5")
def test_ph5_the_consumer_alone_says_whose_a_token_is() -> None:
    token = Actor(
        issuer="https://one.example",
        subject="client",
        client="client",
        consumer="0192:991825827",
        supplier="0192:987654325",
        is_system=True,
    )
    assert login_of_actor(token) == ACCOUNT.login_id
    assert login_of_actor(replace(token, client="another", supplier=None)) == ACCOUNT.login_id
    swapped = replace(token, consumer="0192:987654325", supplier="0192:991825827")
    assert login_of_actor(swapped) != ACCOUNT.login_id
    assert login_of_actor(replace(token, consumer="9908:991825827")) != ACCOUNT.login_id
    by_client = replace(token, consumer=None, supplier=None)
    assert login_of_actor(by_client) == login_of(issuer="https://one.example", client="client")
    assert login_of_actor(by_client) != ACCOUNT.login_id


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("991825827", True),
        ("974760673", True),
        ("987654325", True),
        ("987654321", False),
        ("991825828", False),
        ("99182582", False),
        ("9918258270", False),
        ("99182582٧", False),
        ("", False),
    ],
)
def test_the_check_digit_of_a_number(number: str, fits: bool) -> None:
    assert is_organisation_number(number) is fits
