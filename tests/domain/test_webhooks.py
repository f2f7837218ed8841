"""Webhooks without a database: which addresses, which types, which secrets, how often, and when it ends."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.events.addresses import Addresses, is_out_there
from app.domain.events.catalogue import require_told
from app.domain.events.delivery import RESTS, SPREAD, Answer, Delivery, DeliveryState, Fault, Schedule
from app.domain.events.errors import (
    DeliveryUnderWay,
    EventTypeNotTold,
    EventTypeUnknown,
    TooManySecrets,
    WebhookAddressRefused,
    WebhookDisabled,
)
from app.domain.events.event_type import Known
from app.domain.events.webhook import (
    MOST_SECRETS,
    PATIENCE,
    WORD_AFTER,
    DisabledBecause,
    Secret,
    Webhook,
    in_use,
    new_secret,
    rotated,
)
from app.domain.shared.ids import OrganisationId, SystemId, WebhookId, organisation_id
from app.domain.systems.account import SystemAccount, SystemScope

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HERE: OrganisationId = organisation_id(7)
OUT_THERE = ("https://hooks.example.org/in", "https://Hooks.Example.org:8443/in?key=1", "https://93.184.215.14/",
             "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/in", "https://xn--bcher-kva.example.org/")  # fmt: skip
NOT_OUT_THERE = (
    "http://hooks.example.org/", "ftp://hooks.example.org/", "//hooks.example.org/", "hooks.example.org", "https://",
    "https:///in", "https://localhost/", "https://localhost.localdomain/", "https://db/", "https://db.internal/",
    "https://printer.local/", "https://router.lan/", "https://x.test/", "https://metadata.google.internal/",
    "https://10.0.0.1/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0177.0.0.1/", "https://0x7f.1/", "https://0.0.0.0/", "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/", "https://192.168.1.1/", "https://172.31.255.255/", "https://224.0.0.1/", "https://255.255.255.255/",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:93.184.215.14]/",
    "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/", "https://[2001:db8::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://user:word@hooks.example.org/",
    "https://hooks.example.org@127.0.0.1/", "https://hooks.example.org#@127.0.0.1/", "https://hooks.example.org\\@127.0.0.1/",
    "https://hooks.example.org/\r\nHost: db", "https://hooks.example.org /", "https://hooks.example.org:0/",
    "https://hooks.example.org:99999/", "https://127.0.0.1.:443/", "https://１２７.0.0.1/", "https://ⓛocalhost/",
    "https://hooks_.example.org/", "https://-.org/", "https://" + "a" * 300 + ".org/",
    "https://hooks.example.org/" + "x" * 1000,
)  # fmt: skip


@pytest.mark.parametrize("url", OUT_THERE)
def test_what_everybody_could_reach_may_be_a_webhook(url: str) -> None:
    Addresses().require_allowed(url)


@pytest.mark.hazard("P-h6")
@pytest.mark.parametrize("url", NOT_OUT_THERE)
def test_what_lies_inside_or_can_be_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(WebhookAddressRefused):
        Addresses().require_allowed(url)


def test_this_machine_only_where_it_is_said_so() -> None:
    here = Addresses(loopback=True)
    for url in (
        "http://127.0.0.1:9000/in",
        "http://localhost:9000/",
        "http://[::1]:9000/",
        "https://127.0.0.1/",
    ):
        here.require_allowed(url)
        with pytest.raises(WebhookAddressRefused):
            Addresses().require_allowed(url)
    for url in (
        "http://hooks.example.org/", "http://10.0.0.1/", "https://192.168.0.1/", "ftp://127.0.0.1/", "ws://localhost/",
    ):  # fmt: skip
        with pytest.raises(WebhookAddressRefused):
            here.require_allowed(url)
    assert here.lets_through("127.0.0.1")
    assert not here.lets_through("10.0.0.1")
    assert not Addresses().lets_through("127.0.0.1")


def test_rubbish_is_no_address() -> None:
    assert not any(is_out_there(each) for each in ("", "x", "1.2.3", "1.2.3.4.5", "::g", "2606::1%eth0"))


@pytest.mark.parametrize(
    ("types", "error"), [(["no.such"], EventTypeUnknown), (["course.created"], EventTypeNotTold)]
)
def test_only_what_its_owner_may_know_can_be_wanted(types: list[str], error: type[Exception]) -> None:
    require_told(["group.offer.published", "system.revoked"], {Known.EVERYBODY, Known.ADMINISTRATORS})
    with pytest.raises(error):
        require_told(types, {Known.EVERYBODY, Known.ADMINISTRATORS})


def test_what_happens_inside_a_group_can_not_be_wanted_by_anybody() -> None:
    with pytest.raises(EventTypeNotTold) as refused:
        require_told(["course.created", "group.ballot.closed", "group.begun"], set(Known))
    assert refused.value.facts == {"types": "group.ballot.closed, group.begun"}


def test_a_secret_is_one_of_standard_webhooks() -> None:
    made = new_secret(bytes(range(32)))
    assert made.startswith("whsec_")
    assert base64.b64decode(made.removeprefix("whsec_")) == bytes(range(32))


def test_a_new_secret_holds_and_the_one_before_for_the_overlap() -> None:
    first = (Secret("a", None),)
    second = rotated(first, "b", NOW, timedelta(hours=24))
    assert in_use(second, NOW) == ["b", "a"]
    assert in_use(second, NOW + timedelta(hours=24)) == ["b"]
    assert in_use(rotated(second, "c", NOW, timedelta()), NOW) == ["c"], (
        "what has leaked ends at once, and all before it"
    )
    third = rotated(second, "c", NOW + timedelta(hours=1), timedelta(hours=24))
    assert in_use(third, NOW + timedelta(hours=24)) == ["c", "b"], (
        "a further change doesn't lengthen the first one"
    )


@pytest.mark.parametrize("overlap", [timedelta(days=1), timedelta(hours=1), timedelta(days=7)])
def test_no_secret_ends_before_its_time_for_another(overlap: timedelta) -> None:
    held: tuple[Secret, ...] = (Secret("a", None),)
    for number, name in enumerate("bcd"):
        held = rotated(held, name, NOW + timedelta(minutes=number), timedelta(days=1))
    later = NOW + timedelta(minutes=10, seconds=30)
    assert in_use(held, later) == ["d", "c", "b", "a"]
    with pytest.raises(TooManySecrets) as refused:
        rotated(held, "e", later, overlap)
    first = NOW + timedelta(days=1)
    told = datetime.strptime(f"{refused.value.facts['until']}+0000", "%Y-%m-%d %H:%M%z")
    assert first < told <= first + timedelta(minutes=1)
    assert refused.value.facts["most"] == MOST_SECRETS
    assert in_use(rotated(held, "e", later, timedelta()), later) == ["e"], "what has leaked ends at once"
    assert in_use(rotated(held, "e", told, timedelta(days=1)), told) == ["e", "d", "c"]


def test_a_type_that_there_is_not_is_named_and_nothing_else_of_what_was_written() -> None:
    with pytest.raises(EventTypeUnknown) as refused:
        require_told(
            ["course.invented", "course.created", "Ola <b>", "ola@example.org", f"a.{'b' * 200}"], set(Known)
        )
    assert refused.value.facts == {"types": f"a.{'b' * 78}, course.invented"}
    with pytest.raises(EventTypeUnknown) as refused:
        require_told([f"a.{letter}" for letter in "abcdefgh"], set(Known))
    assert refused.value.facts == {"types": "a.a, a.b, a.c, a.d, a.e"}
    with pytest.raises(EventTypeUnknown) as refused:
        require_told(["Ola"], set(Known))
    assert refused.value.facts == {"types": "…"}


def test_a_test_says_whose_it_is_as_what_is_told_of_a_webhook_does() -> None:
    for system in (None, SystemId(uuid4())):
        hook = webhook(system_id=system)
        test, told = hook.told_test(), hook.told_disabled()
        assert (test.type, test.subject, test.ids) == ("webhook.test", hook.id, told.ids)
        assert test.ids["webhook"] == hook.id


def webhook(**changes: object) -> Webhook:
    given = {
        "id": WebhookId(uuid4()), "organisation_id": HERE, "system_id": None, "url": "https://hooks.example.org/",
        "purpose": "Tried.", "types": (), "secrets_sealed": b"", "overlap_until": None, "position": 0, "registered_at": NOW,
        "failing_since": None, "disabled_at": None, "disabled_because": None, "warned_at": None, "version": 1,
    }  # fmt: skip
    return Webhook(**given | changes)  # type: ignore[arg-type]


def account(**changes: object) -> SystemAccount:
    given = {
        "id": SystemId(uuid4()), "organisation_id": HERE, "name": "System", "purpose": "Tried.", "consumer": "991825827",
        "suppliers": (), "issuer": None, "client_id": None, "scopes": (SystemScope.EVENTS_READ,), "holds_from": NOW,
        "expires_at": NOW + timedelta(days=1), "registered_at": NOW, "revoked_at": None, "last_used_at": None, "version": 1,
    }  # fmt: skip
    return SystemAccount(**given | changes)  # type: ignore[arg-type]


def test_the_administrators_hear_what_they_may_follow() -> None:
    sent = webhook().sends(None, NOW)
    assert sent is not None
    assert {"system.revoked", "group.offer.published"} <= set(sent)
    assert not [each for each in sent if each.startswith(("course.", "group.starter.", "group.ballot."))]
    assert webhook(types=("system.revoked",)).sends(None, NOW) == ["system.revoked"]
    assert webhook(disabled_at=NOW, disabled_because=DisabledBecause.GONE).sends(None, NOW) is None


def test_a_systems_webhook_knows_what_its_account_does_and_ends_with_it() -> None:
    whose = SystemId(uuid4())
    hook = webhook(system_id=whose)
    plain, readers = account(), account(scopes=(SystemScope.EVENTS_READ, SystemScope.COURSES_READ))
    assert "course.created" not in (hook.sends(plain, NOW) or ())
    assert "course.created" in (hook.sends(readers, NOW) or ())
    assert "system.revoked" not in (hook.sends(readers, NOW) or ())
    assert hook.sends(readers, NOW + timedelta(days=1)) is None, "over"
    assert hook.sends(account(revoked_at=NOW), NOW) is None
    assert hook.sends(account(holds_from=NOW + timedelta(hours=1)), NOW) is None
    assert hook.sends(account(scopes=(SystemScope.COURSES_READ,)), NOW) is None
    assert hook.sends(None, NOW) is None, "without an account it isn't the administrators'"


def delivery(**changes: object) -> Delivery:
    given = {
        "organisation_id": HERE, "webhook_id": WebhookId(uuid4()), "event_id": uuid4(), "number": 1,
        "type": "course.created", "subject": uuid4(), "ids": {}, "occurred_at": NOW, "made_at": NOW,
        "state": DeliveryState.WAITING, "attempts": 1,
        "next_at": NOW, "last_at": NOW, "status": None, "fault": None, "ended_at": None,
    }  # fmt: skip
    return Delivery(**given | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "fault"),
    [(200, None), (204, None), (299, None), (301, Fault.REDIRECT), (307, Fault.REDIRECT), (400, Fault.STATUS),
     (410, Fault.GONE), (500, Fault.STATUS), (199, Fault.STATUS)],
)  # fmt: skip
def test_two_hundreds_are_an_arrival_and_nothing_else_is(status: int, fault: Fault | None) -> None:
    assert Answer.of_status(status) == Answer(status, fault)


def test_it_is_tried_again_over_a_day_and_then_given_up() -> None:
    schedule = Schedule()
    assert timedelta(hours=20) < sum(RESTS, timedelta()) < timedelta(hours=28)
    for attempts, rest in enumerate(RESTS, 1):
        assert schedule.rest(attempts, 0.5) == rest
        low, high = schedule.rest(attempts, 0), schedule.rest(attempts, 1)
        assert low is not None
        assert high is not None
        assert (low, high) == (rest * (1 - SPREAD), rest * (1 + SPREAD))
    assert schedule.rest(len(RESTS) + 1, 0.5) is None


def test_an_arrival_ends_it_and_says_that_the_webhook_works() -> None:
    hook, one = webhook(failing_since=NOW), delivery()
    one.note(Answer(204, None), hook, NOW, Schedule(), 0.5)
    assert (one.state, one.next_at, one.ended_at, hook.failing_since) == (
        DeliveryState.DELIVERED,
        None,
        NOW,
        None,
    )


def test_what_fails_waits_and_at_the_end_is_given_up() -> None:
    hook, one = webhook(), delivery()
    one.note(Answer(None, Fault.TIMEOUT), hook, NOW, Schedule(), 0.5)
    assert (one.state, one.next_at, hook.failing_since) == (DeliveryState.WAITING, NOW + RESTS[0], NOW)
    one.attempts = len(RESTS) + 1
    one.note(Answer(500, Fault.STATUS), hook, NOW + timedelta(days=1), Schedule(), 0.5)
    assert (one.state, one.next_at, one.status) == (DeliveryState.GIVEN_UP, None, 500)
    assert hook.disabled_at is None, "a day isn't long enough"
    late = delivery(attempts=len(RESTS) + 1)
    late.note(Answer(500, Fault.STATUS), hook, NOW + PATIENCE, Schedule(), 0.5)
    assert hook.disabled_because is DisabledBecause.FAILING


def test_410_disables_and_loses_nothing() -> None:
    hook, one = webhook(), delivery(attempts=len(RESTS) + 1)
    one.note(Answer(410, Fault.GONE), hook, NOW, Schedule(), 0.5)
    assert (hook.disabled_at, hook.disabled_because) == (NOW, DisabledBecause.GONE)
    assert one.state is DeliveryState.WAITING
    with pytest.raises(WebhookDisabled):
        hook.require_sending(None, NOW)
    hook.resume()
    hook.require_sending(None, NOW)


def test_only_what_has_ended_is_sent_again() -> None:
    with pytest.raises(DeliveryUnderWay):
        delivery().again(NOW)
    one = delivery(state=DeliveryState.GIVEN_UP, attempts=9, next_at=None, ended_at=NOW)
    one.again(NOW)
    assert (one.state, one.attempts, one.next_at, one.ended_at) == (DeliveryState.WAITING, 0, NOW, None)


def test_who_has_to_look_after_it_and_since_when() -> None:
    since = NOW - WORD_AFTER
    assert webhook(failing_since=since).need(None, NOW) == NOW
    assert webhook(failing_since=since).need(None, NOW - timedelta(seconds=1)) is None
    assert webhook().need(None, NOW) is None
    gone = {"disabled_at": since, "disabled_because": DisabledBecause.GONE}
    assert webhook(**gone).need(None, NOW) == since
    whose = SystemId(uuid4())
    for held, disabled_too in ((account(revoked_at=NOW), None), (account(scopes=()), since)):
        assert webhook(system_id=whose, failing_since=since).need(held, NOW) is None, "it has ended, or rests"
        assert webhook(system_id=whose, failing_since=since, **gone).need(held, NOW) == disabled_too
