"""Quotas by arithmetic: who obeys what the answers say is never refused, whoever doesn't is, and memory is bounded."""

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from app.api.shared.buckets import Buckets
from app.api.shared.limits import Limited, Limits, Quotas, address_of, told
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, TooMany
from app.services.ports.attempts import Quota

SMALL = Quotas(
    person=Quota(5, 10),
    system=Quota(8, 10),
    address=Quota(4, 10),
    guessing=Quota(3, 60),
    tokens=Quota(2, 60),
    expensive=Quota(2, 10),
)
SOMEBODY = Actor(issuer="https://issuer.example", subject="somebody")


class Counted:
    """A store that several replicas share, without a database."""

    def __init__(self, clock: SimpleNamespace) -> None:
        self._buckets: dict[str, Buckets] = {}
        self._clock = clock
        self.asked = 0
        self.is_down = False

    async def take(self, purpose: str, who: str, quota: Quota) -> float | None:
        self.asked += 1
        if self.is_down:
            raise Busy
        buckets = self._buckets.setdefault(purpose, Buckets(quota))
        if not buckets.take(who, self._clock.now).is_allowed:
            return None
        return buckets._backlog(who, self._clock.now)


@pytest.fixture
def clock() -> SimpleNamespace:
    return SimpleNamespace(now=1000.0)


@pytest.fixture
def counted(clock: SimpleNamespace) -> Counted:
    return Counted(clock)


def replica(counted: Counted, clock: SimpleNamespace, **changes: Any) -> Limits:
    quotas = Quotas(**{name: getattr(SMALL, name) for name in Quotas.__slots__} | changes)
    return Limits(quotas, counted, clock=lambda: clock.now)


def asked(address: str = "192.0.2.1") -> dict[str, Any]:
    return {"state": {}, "client": (address, 1)}


def _moments(seed: int) -> Iterator[float]:
    chance = Random(seed)
    while True:
        yield chance.choice((0.0, 0.001, 0.3, 1.0, 7.7)) * chance.random()


@pytest.mark.parametrize("quota", [Quota(1, 1), Quota(3, 7), Quota(10, 600), Quota(600, 60), Quota(7, 3)])
@pytest.mark.parametrize("seed", range(20))
def test_whoever_keeps_to_what_is_left_is_never_refused(quota: Quota, seed: int) -> None:
    """R15: the client asks whenever it likes, waits where nothing is left, and pays for dear questions in between."""
    buckets, now, chance = Buckets(quota), 5.0, Random(seed)
    for pause in (pause for pause, _ in zip(_moments(seed), range(400), strict=False)):
        now += pause
        left = buckets.take("who", now)
        assert left.is_allowed
        if chance.random() < 0.1:
            left = buckets.charge("who", now, chance.randrange(1, 5))
        if not left.remaining:
            now += left.wait if chance.random() < 0.5 else left.whole_in


@pytest.mark.parametrize("quota", [Quota(3, 7), Quota(10, 600), Quota(600, 60)])
def test_all_that_is_left_can_be_asked_for_at_once_and_one_more_can_not(quota: Quota) -> None:
    buckets = Buckets(quota)
    left = buckets.take("who", 5.0)
    assert left.remaining == quota.count - 1
    for _ in range(left.remaining):
        left = buckets.take("who", 5.0)
        assert left.is_allowed
    refused = buckets.take("who", 5.0)
    assert (refused.is_allowed, refused.remaining) == (False, 0)
    assert not buckets.take("who", 5.0 + quota.step - 0.01).is_allowed
    assert buckets.take("who", 5.0 + refused.wait).is_allowed
    assert buckets.take("another", 5.0).is_allowed


def test_after_the_time_that_is_told_all_of_it_is_back() -> None:
    buckets = Buckets(Quota(3, 7))
    for _ in range(3):
        left = buckets.take("who", 5.0)
    assert [buckets.take("who", 5.0 + left.whole_in).is_allowed for _ in range(3)] == [True] * 3


def test_memory_is_bounded_and_forgets_nobody_within_their_time() -> None:
    buckets = Buckets(Quota(2, 10), kept=100)
    for _ in range(2):
        buckets.take("early", 0.0)
    for number in range(5000):
        buckets.take(number, 1.0)
        assert len(buckets) <= 200
    quiet = Buckets(Quota(2, 10), kept=100)
    for moment in (0.0, 0.0):
        quiet.take("early", moment)
    for moment in range(1, 10):
        quiet.take("other", float(moment))
        assert quiet._backlog("early", float(moment)) == pytest.approx(10 - moment)
    for moment in range(100):
        quiet.take(f"somebody {moment}", 100.0 + 10 * moment)
    assert len(quiet) < 10


async def test_a_person_a_system_and_an_address_are_counted_apart(
    counted: Counted, clock: SimpleNamespace
) -> None:
    limits = replica(counted, clock)
    for allowed, ask in (
        (5, lambda scope: limits.caller(scope, "issuer", "somebody", is_system=False)),
        (5, lambda scope: limits.caller(scope, "issuer", "another", is_system=False)),
        (8, lambda scope: limits.caller(scope, "issuer", "a system", is_system=True)),
        (4, limits.nobody),
    ):
        for number in range(allowed):
            scope = asked()
            ask(scope)
            headers = dict(told(scope["state"]))
            assert headers[b"ratelimit-policy"] == b'"burst";q=%d;w=10' % allowed
            assert headers[b"ratelimit"].startswith(b'"burst";r=%d;t=' % (allowed - number - 1))
        with pytest.raises(TooMany) as refused:
            ask(scope := asked())
        assert 0 < refused.value.facts["retry_after"] <= 10
        assert b";r=0;" in dict(told(scope["state"]))[b"ratelimit"]
    assert counted.asked == 0


async def test_two_replicas_count_guesses_together_and_halve_the_rest(
    counted: Counted, clock: SimpleNamespace
) -> None:
    one, other = (replica(counted, clock, replicas=2) for _ in range(2))
    for limits in (one, other, one):
        await limits.before(Limited.GUESSING, SOMEBODY, asked())
    for limits in (one, other):
        with pytest.raises(TooMany):
            await limits.before(Limited.GUESSING, SOMEBODY, asked())
    for _ in range(2):
        one.caller(asked(), "issuer", "somebody", is_system=False)
    with pytest.raises(TooMany):
        one.caller(asked(), "issuer", "somebody", is_system=False)


async def test_whoever_waits_as_told_by_one_replica_is_let_in_by_the_other(
    counted: Counted, clock: SimpleNamespace
) -> None:
    one, other = (replica(counted, clock) for _ in range(2))
    for limits in (one, one, other):
        await limits.before(Limited.GUESSING, SOMEBODY, asked())
    for _ in range(6):
        with pytest.raises(TooMany) as refused:
            await one.before(Limited.GUESSING, SOMEBODY, asked())
        clock.now += float(refused.value.facts["retry_after"])
        await other.before(Limited.GUESSING, SOMEBODY, asked())


async def test_a_flood_does_not_reach_the_store(counted: Counted, clock: SimpleNamespace) -> None:
    limits = replica(counted, clock)
    refused = 0
    for _ in range(1000):
        try:
            await limits.bad_token(asked())
        except TooMany:
            refused += 1
    assert (refused, counted.asked) == (998, 2)
    await limits.bad_token(asked("198.51.100.7"))


async def test_a_store_that_is_down_refuses_codes_and_no_more(
    counted: Counted, clock: SimpleNamespace
) -> None:
    limits = replica(counted, clock)
    counted.is_down = True
    await limits.bad_token(asked())
    with pytest.raises(Busy):
        await limits.before(Limited.GUESSING, SOMEBODY, asked())


async def test_what_is_dear_counts_as_several_and_is_never_refused_halfway(
    counted: Counted, clock: SimpleNamespace
) -> None:
    limits = replica(counted, clock)
    scope = asked()
    limits.caller(scope, "issuer", "somebody", is_system=False)
    limits.costs(scope, 90)
    assert b";r=4;" in dict(told(scope["state"]))[b"ratelimit"]
    limits.costs(scope, 900)
    assert dict(told(scope["state"]))[b"ratelimit"] == b'"burst";r=0;t=21'
    with pytest.raises(TooMany) as refused:
        limits.caller(asked(), "issuer", "somebody", is_system=False)
    assert refused.value.facts["retry_after"] == 12
    clock.now += 12
    limits.caller(asked(), "issuer", "somebody", is_system=False)


async def test_off_is_off(counted: Counted, clock: SimpleNamespace) -> None:
    limits = Limits(SMALL, counted, is_on=False, clock=lambda: clock.now)
    scope = asked()
    for _ in range(50):
        limits.nobody(scope)
        limits.caller(scope, "issuer", "somebody", is_system=False)
        await limits.bad_token(scope)
        await limits.before(Limited.GUESSING, SOMEBODY, scope)
        limits.costs(scope, 2000)
    assert told(scope["state"]) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("nonsense:", "other:nonsense", True),
    ],
)
def test_a_network_counts_as_one_address(one: str, other: str, alike: bool) -> None:
    assert (address_of(asked(one)) == address_of(asked(other))) is alike
    assert address_of({"state": {}, "client": None}) == ""
