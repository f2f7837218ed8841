"""Which messages somebody gets: what they have chosen, what they may know of, once, and not when it is quiet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.api.shared.problems import describe
from app.content.texts import LANGUAGES
from app.domain.admission.ballot import Question
from app.domain.admission.decision_rules import Choice
from app.domain.messages.kind import MessageKind, MessageNotFound
from app.domain.messages.message import MessageState
from app.domain.messages.quiet import QuietHoursMakeNoSense
from app.domain.messages.tone import Tone
from app.domain.organisations.organisation import NotRegistered
from app.domain.people.consent import ConsentNeeded, Purpose
from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.shared.errors import NotFound
from app.services.ports.paging import FIRST_PAGE
from tests.support.consents_world import consented
from tests.support.intake_world import appointed, conversations
from tests.support.messages_world import (
    Postman,
    address_of,
    all_want,
    kinds_sent,
    sent_to,
    teller,
    told,
    wants,
)
from tests.support.starters_world import assigned
from tests.support.volunteers_world import trained
from tests.support.world import Made, World

ALL = tuple(MessageKind)


async def _ballot(world: World, group: Made) -> None:
    await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)


async def test_no_kind_is_on_by_itself_and_each_rests_on_a_consent(world: World) -> None:
    actor = await world.registered()
    settings = await world.do.messages.read_my_messages(actor, world.organisation)
    assert not any(each.chosen or each.may_choose for each in settings.kinds)
    assert (settings.language, settings.time_zone, settings.has_address) == ("en", "Europe/Oslo", False)
    assert (settings.quiet_from, settings.quiet_until) == ("21:00", "08:00")
    with pytest.raises(ConsentNeeded):
        await world.do.messages.choose_message(actor, world.organisation, MessageKind.OUTCOME)
    await consented(world, actor, Purpose.CONTACT_ABOUT_GROUP)
    with pytest.raises(ConsentNeeded) as missing:
        await world.do.messages.choose_message(actor, world.organisation, MessageKind.TRAINING_DUE)
    assert missing.value.purposes == (Purpose.MESSAGES_ABOUT_HELPING,)
    for language in LANGUAGES:
        told_so = describe(missing.value, language, "r")
        assert told_so["code"] == "messages.consent_needed"
        assert told_so["purposes"] == ["messages_about_helping"]
    assert "Messages about what I do as a volunteer" in told_so["detail"]
    chosen = await world.do.messages.choose_message(actor, world.organisation, MessageKind.OUTCOME)
    assert [each.kind for each in chosen.kinds if each.chosen] == [MessageKind.OUTCOME]
    again = await world.do.messages.choose_message(actor, world.organisation, MessageKind.OUTCOME)
    assert again == chosen
    dropped = await world.do.messages.drop_message(actor, world.organisation, MessageKind.OUTCOME)
    assert not any(each.chosen for each in dropped.kinds)
    accesses = await world.do.people.list_my_accesses(actor, FIRST_PAGE)
    assert [each.deed for each in accesses.items if each.data_class == "consent"] == [
        "withdrawn",
        "given",
        "given",
    ]


async def test_outsiders_have_no_settings(world: World) -> None:
    actor = await world.person()
    for ask in (
        world.do.messages.read_my_messages(actor, world.organisation),
        world.do.messages.set_my_messages(actor, world.organisation),
        world.do.messages.drop_message(actor, world.organisation, MessageKind.OFFER),
        world.do.messages.list_my_sent_messages(actor, world.organisation, FIRST_PAGE),
    ):
        with pytest.raises(NotRegistered):
            await ask


async def test_language_clock_and_quiet_hours_are_ones_own(world: World) -> None:
    actor = await world.registered()
    said = await world.do.messages.set_my_messages(
        actor, world.organisation, "da", "Europe/Copenhagen", "22:30", "07:15"
    )
    assert (said.language, said.time_zone) == ("da", "Europe/Copenhagen")
    assert (said.quiet_from, said.quiet_until) == ("22:30", "07:15")
    other = await world.do.messages.set_my_messages(actor, world.organisation, "nn")
    assert (other.language, other.time_zone) == ("nn", "Europe/Copenhagen")
    assert (other.quiet_from, other.quiet_until) == ("22:30", "07:15")
    later = await world.do.messages.set_my_messages(actor, world.organisation, quiet_until="09:00")
    assert (later.language, later.quiet_from, later.quiet_until) == ("nn", "22:30", "09:00")
    never = await world.do.messages.set_my_messages(
        actor, world.organisation, language=None, time_zone=None, quiet_from=None
    )
    assert (never.language, never.time_zone) == ("en", "Europe/Oslo")
    assert (never.quiet_from, never.quiet_until) == (None, None)
    for wrong in (("08:00", "08:00"), ("08:00", None)):
        with pytest.raises(QuietHoursMakeNoSense):
            await world.do.messages.set_my_messages(actor, world.organisation, None, None, *wrong)


@pytest.mark.hazard("B-07", "B-06")
async def test_an_open_ballot_is_told_to_all_of_the_roll_alike(world: World) -> None:
    """Whoever has voted gets the same as whoever hasn't: the same letters, at the same times."""
    group = await world.meeting(5)
    await all_want(world, group.members, MessageKind.BALLOT_OPEN)
    ballot = await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
    await world.vote(ballot, group.members[:2], Choice.FOR)
    postman = Postman()
    await told(world, postman, *group.members)
    world.forward(days=12, hours=2)  # two days before it closes
    await told(world, postman, *group.members)
    await told(world, postman, *group.members)
    alike = {
        tuple((each.tone, each.language, each.answer_by, each.time_zone) for each in postman.got(member))
        for member in group.members
    }
    assert len(alike) == 1, "what somebody gets tells whether they have voted"
    assert len(next(iter(alike))) == 2, "at the opening, and once more before it closes"
    seen = [await sent_to(world, member) for member in group.members]
    assert len({tuple((each.kind, each.subject_id, each.due_at) for each in one) for one in seen}) == 1
    assert all(each.answer_by == ballot.closes_at for each in postman.carried)


async def test_who_may_not_vote_is_not_told_of_a_ballot(world: World) -> None:
    group = await world.forming(5)
    late = await world.place(group, "late")
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    world.forward(hours=2)
    await all_want(world, [late, world.coordinator], MessageKind.BALLOT_OPEN)
    await _ballot(world, group)
    postman = Postman()
    await told(world, postman, late, world.coordinator)
    assert postman.carried == []


async def test_that_there_is_an_outcome_is_told_and_never_which(world: World) -> None:
    group, code = await world.open_group(5)
    applicant, application = await world.applied(code)
    await all_want(world, [*group.members, applicant], MessageKind.OUTCOME, MessageKind.OFFER)
    ballot = await world.admission(group, application)
    await world.vote(ballot, group.members, Choice.AGAINST)
    postman = Postman()
    await told(world, postman, applicant, *group.members)
    assert await kinds_sent(world, applicant) == [MessageKind.OUTCOME]
    assert [each.tone for each in postman.got(applicant)] == [Tone.NEW]
    for member in group.members:
        about = [each for each in await sent_to(world, member) if each.subject_id == ballot.id]
        assert [each.kind for each in about] == [MessageKind.OUTCOME]


async def test_an_offer_is_told_with_its_deadline_and_the_new_generation_after_it(world: World) -> None:
    group, code = await world.open_group(5)
    applicant, application = await world.applied(code)
    await all_want(world, [*group.members, applicant], MessageKind.OFFER, MessageKind.DECLARATION_DUE)
    await world.vote(await world.admission(group, application), group.members)
    postman = Postman()
    await told(world, postman, applicant)
    (letter,) = postman.got(applicant)
    (offer,) = (await world.do.people.read_me(applicant)).home.offers  # type: ignore[union-attr]
    assert (letter.tone, letter.answer_by) == (Tone.ANSWER, offer.expires_at)
    await world.do.admission.accept_entry(applicant, application.id, world.signature())
    await told(world, postman, *group.members, applicant)
    assert await kinds_sent(world, group.members[0]) == [], "most sign soon; who hasn't after a day is asked"
    world.forward(hours=25)
    await world.do.groups.sign_declaration(group.members[1], group.id, world.signature())
    await told(world, postman, *group.members, applicant)
    assert await kinds_sent(world, group.members[0]) == [MessageKind.DECLARATION_DUE]
    assert await kinds_sent(world, group.members[1]) == []
    assert await kinds_sent(world, applicant) == [MessageKind.OFFER]


async def test_a_place_in_a_forming_group_is_told(world: World) -> None:
    group, actor = await world.forming(3), await world.ready()
    await wants(world, actor, MessageKind.OFFER)
    await world.do.groups.invite_to_place(world.coordinator, group.id, actor.person_id)
    postman = Postman()
    await told(world, postman, actor)
    assert [each.answer_by for each in postman.carried] == [None], "the first meeting isn't fixed"


async def test_meetings_are_remembered_moved_and_cancelled(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.MEETING_REMINDER, MessageKind.MEETING_CHANGED)
    starts = world.now + timedelta(days=5)
    made = await world.do.meetings.plan_meeting(member, group.id, starts, "Library")
    postman = Postman()
    await told(world, postman, member)
    assert postman.carried == [], "five days are far away"
    moved = await world.do.meetings.move_meeting(
        member, made.id, made.version, starts + timedelta(days=1), "Library"
    )
    await told(world, postman, member)
    assert await kinds_sent(world, member) == [MessageKind.MEETING_CHANGED]
    world.forward(days=5, hours=1)
    await told(world, postman, member)
    assert await kinds_sent(world, member) == [MessageKind.MEETING_REMINDER, MessageKind.MEETING_CHANGED]
    await world.do.meetings.cancel_meeting(member, moved.id)
    await told(world, postman, member)
    await told(world, postman, member)
    assert [each.tone for each in postman.carried] == [Tone.CHANGED, Tone.COMING, Tone.CHANGED]
    assert {each.subject_id for each in await sent_to(world, member)} == {made.id}


async def test_a_starter_and_the_signed_members_are_told_of_the_exit(world: World) -> None:
    """X-11 for the members, from the first meeting on; and nothing after the exit (X-10)."""
    group = await world.forming(5, sign=False)
    soon = (world.now + timedelta(days=5)).date()
    starter, _ = await assigned(world, group, latest_date=soon)
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    for member in group.members[1:]:
        await world.do.groups.sign_declaration(member, group.id, world.signature())
    await all_want(world, [starter, *group.members], *ALL)
    postman = Postman()
    await told(world, postman, *group.members)
    assert MessageKind.STARTER_EXIT not in await kinds_sent(world, group.members[1]), (
        "not before the first meeting"
    )
    world.forward(hours=2)
    await told(world, postman, starter, *group.members)
    assert MessageKind.STARTER_EXIT in await kinds_sent(world, starter)
    assert MessageKind.STARTER_EXIT in await kinds_sent(world, group.members[1])
    assert MessageKind.STARTER_EXIT not in await kinds_sent(world, group.members[0]), "who hasn't signed"
    world.forward(days=7)
    before = len(await sent_to(world, starter))
    await world.do.meetings.plan_meeting(
        group.members[1], group.id, world.now + timedelta(hours=20), "Library"
    )
    await told(world, postman, starter)
    assert len(await sent_to(world, starter)) == before


async def test_training_that_runs_out_is_told_in_time_to_volunteers(world: World) -> None:
    volunteer = await trained(world)
    await wants(world, volunteer, MessageKind.TRAINING_DUE)
    postman = Postman()
    await told(world, postman, volunteer)
    assert postman.carried == []
    me = await world.do.volunteers.read_my_volunteering(volunteer, world.organisation)
    assert me.next_change_at is not None
    world.travel.by += me.next_change_at - world.now + timedelta(days=40)
    await told(world, postman, volunteer)
    assert await kinds_sent(world, volunteer) == [MessageKind.TRAINING_DUE]
    (letter,) = postman.carried
    assert letter.answer_by is not None
    assert letter.answer_by > world.now


async def test_an_intake_appointment_is_told_the_day_before(world: World) -> None:
    interviewer = await conversations(world)
    actor, assessment = await appointed(world, interviewer, days=3)
    await wants(world, actor, MessageKind.INTAKE_APPOINTMENT)
    postman = Postman()
    await told(world, postman, actor)
    assert postman.carried == []
    world.forward(days=2, hours=1)
    await told(world, postman, actor)
    assert [(each.kind, each.subject_id) for each in await sent_to(world, actor)] == [
        (MessageKind.INTAKE_APPOINTMENT, assessment)
    ]


async def test_what_falls_into_quiet_hours_waits(world: World) -> None:
    group = await world.meeting(3)
    member, oslo = group.members[0], "Europe/Oslo"
    now = world.now
    evening = datetime(now.year, now.month, now.day, 20, 30, tzinfo=UTC) + timedelta(days=1)
    world.travel.by += evening - world.now
    await wants(world, member, MessageKind.MEETING_CHANGED)
    await world.do.messages.set_my_messages(member, world.organisation, "en", oslo, "21:00", "08:00")
    made = await world.do.meetings.plan_meeting(member, group.id, world.now + timedelta(days=2), "Library")
    await world.do.meetings.cancel_meeting(member, made.id)
    postman = Postman()
    await told(world, postman, member)
    assert postman.carried == []
    world.forward(hours=12)
    await told(world, postman, member)
    assert len(postman.carried) == 1


async def test_without_a_consent_an_address_or_a_choice_nothing_is_sent(world: World) -> None:
    group = await world.meeting(4)
    for index, undo in enumerate(
        (
            lambda a: world.do.people.withdraw_consent(a, world.organisation, Purpose.CONTACT_ABOUT_GROUP),
            lambda a: world.do.people.remove_contact(a, world.organisation, ContactKind.EMAIL),
            lambda a: world.do.messages.drop_message(a, world.organisation, MessageKind.BALLOT_OPEN),
        )
    ):
        await wants(world, group.members[index], MessageKind.BALLOT_OPEN)
        await undo(group.members[index])
    await wants(world, group.members[3], MessageKind.BALLOT_OPEN)
    await _ballot(world, group)
    postman = Postman()
    await told(world, postman, *group.members)
    assert [each.address for each in postman.carried] == [address_of(group.members[3])]
    assert await sent_to(world, group.members[0]) == []


async def test_a_choice_ends_with_its_consent_for_good(world: World) -> None:
    actor = await world.registered()
    await wants(world, actor, MessageKind.OUTCOME, MessageKind.MEETING_REMINDER)
    await world.do.people.withdraw_consent(actor, world.organisation, Purpose.CONTACT_ABOUT_GROUP)
    await consented(world, actor, Purpose.CONTACT_ABOUT_GROUP)
    settings = await world.do.messages.read_my_messages(actor, world.organisation)
    assert [each.kind for each in settings.kinds if each.chosen] == [MessageKind.MEETING_REMINDER], (
        "helping stands"
    )


async def test_a_message_is_its_readers_alone(world: World) -> None:
    group = await world.meeting(3)
    mine, other = group.members[:2]
    await all_want(world, [mine, other], MessageKind.BALLOT_OPEN)
    await _ballot(world, group)
    await told(world, Postman(), mine)
    (sent,) = await sent_to(world, mine)
    read = await world.do.messages.read_message(mine, sent.id)
    assert (read, read.state) == (sent, MessageState.SENT)
    assert await sent_to(world, other) == []
    stranger = await world.person()
    for somebody in (other, stranger, world.coordinator):
        with pytest.raises(MessageNotFound):
            await world.do.messages.read_message(somebody, sent.id)


async def test_the_address_in_a_message_turns_off_its_kind_and_nothing_else(world: World) -> None:
    group = await world.meeting(3)
    mine, other = group.members[:2]
    await all_want(world, [mine, other], MessageKind.BALLOT_OPEN, MessageKind.OUTCOME)
    await _ballot(world, group)
    postman = Postman()
    await told(world, postman, mine, other)
    token = postman.got(mine)[0].turn_off.rpartition("/")[2]
    assert len({len(each.turn_off) for each in postman.carried}) == 1
    await world.do.messages.turn_off(Actor(), token)
    await world.do.messages.turn_off(Actor(), token)
    left = await world.do.messages.read_my_messages(mine, world.organisation)
    assert [each.kind for each in left.kinds if each.chosen] == [MessageKind.OUTCOME]
    untouched = await world.do.messages.read_my_messages(other, world.organisation)
    assert len([each for each in untouched.kinds if each.chosen]) == 2
    for wrong in (token[:-1], token + "A", "x" * 136, ""):
        with pytest.raises(NotFound):
            await world.do.messages.turn_off(Actor(), wrong)


async def test_the_person_sees_that_their_address_was_opened_once_a_day(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.BALLOT_OPEN, MessageKind.MEETING_CHANGED)
    await _ballot(world, group)
    for _ in range(2):
        made = await world.do.meetings.plan_meeting(
            member, group.id, world.now + timedelta(days=2), "Library"
        )
        await world.do.meetings.cancel_meeting(member, made.id)
    await told(world, Postman(), member)
    assert len(await sent_to(world, member)) == 3
    accesses = (await world.do.people.list_my_accesses(member, FIRST_PAGE)).items
    opened = [each for each in accesses if each.data_class == "contact_channel"]
    assert [(each.deed, each.acting_as) for each in opened] == [("read", "operator")]


async def test_a_protected_person_gets_no_link_that_tells_where(world: World) -> None:
    addresses = world.do.messages.turn_off.addresses
    telling = type(addresses)(
        addresses._codecs,
        "http://x",
        "https://app.example/{id}",
        {world.organisation: "https://tromso.example/{id}"},
    )
    message = (await world.registered()).person_id
    assert "tromso" in telling.link(world.organisation, message, is_protected=False)
    assert "tromso" not in telling.link(world.organisation, message, is_protected=True)
    actor = await world.ready()
    await wants(world, actor, MessageKind.OFFER)
    await world.do.people.protect_my_identity(actor)
    group = await world.forming(3)
    await world.do.groups.invite_to_place(world.coordinator, group.id, actor.person_id)
    postman = Postman()
    tell = replace(teller(world, postman), addresses=telling)
    await tell(world.organisation, actor.person_id)
    assert [each.link.startswith("https://app.example/") for each in postman.carried] == [True]


async def test_erased_and_in_the_copy(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.BALLOT_OPEN)
    await _ballot(world, group)
    postman = Postman()
    await told(world, postman, member)
    copy = await world.do.keeping.read_my_data(member)
    held = {section.name: section.entries for section in copy.sections}
    for name, values in (("message", ["ballot_open"]), ("message_choice", ["ballot_open"])):
        (entry,) = held[name]
        assert dict(zip(entry.names, entry.values, strict=True))["kind"] == values
    assert len(held["message_setting"]) == 1
    plan = await world.do.keeping.plan_my_erasure(member)
    await world.do.keeping.erase_me(member, plan.confirmation)
    await world.do.messages.turn_off(Actor(), postman.carried[0].turn_off.rpartition("/")[2])
