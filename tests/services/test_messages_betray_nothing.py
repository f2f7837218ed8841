"""Every kind in every language, as it would go over the wire: nothing in it tells what it is about, or whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from app.adapters.mail.compose import Composer
from app.adapters.words import ContentWords
from app.content.texts import LANGUAGES
from app.domain.admission.ballot import Question
from app.domain.events.delivery import Answer
from app.domain.messages.kind import MessageKind
from app.domain.messages.tone import Tone
from app.domain.shared.actor import Actor
from app.services.events.sending import Outgoing
from app.services.ports.carrier import Letter
from tests.support.canaries import MARK, marked
from tests.support.intake_world import appointed, conversations
from tests.support.messages_world import Postman, address_of, sent_to, told, wants
from tests.support.starters_world import assigned
from tests.support.webhooks_world import deliver, hooked
from tests.support.world import Made, World

COMPOSER = Composer(ContentWords(), "Kvelden <post@mail.example>")
ALL = tuple(MessageKind)
WORDS = (
    "Grief",
    "Library",
    "Café",
    "Area",
    "Local",
    "member0",
    "Newcomer",
    "National",
    "Verksted",
    "volunteer centre",
    "webhook",
    "hooks.example.org",
)
"""A theme, places, an area, names of organisations and of ours, aliases."""


def parts(mail: EmailMessage) -> Iterator[str]:
    """All that a reader, or a program, can read of a mail."""
    yield from (f"{name}: {value}" for name, value in mail.items())
    for part in mail.walk():
        if not part.is_multipart():
            yield part.get_content()


async def _everything(world: World) -> tuple[dict[MessageKind, Letter], set[str]]:
    """A letter of each kind, made by what people do; and every id that must not be read in any."""
    interviewer = await conversations(world)
    intake, conversation = await appointed(world, interviewer, days=1)
    await world.policy()
    group = await world.forming(5, seats=7)
    starter, assignment = await assigned(world, group)
    await world.do.meetings.plan_meeting(
        world.coordinator, group.id, world.now + timedelta(hours=1), "Library"
    )
    await world.do.organisations.register(world.administrator, world.organisation, marked("Administrator"))
    people = [*group.members, starter, intake, world.administrator]
    for actor in people:
        await wants(world, actor, *ALL)
    postman = Postman()
    found: dict[MessageKind, Letter] = {}

    async def tell(*actors: Actor) -> None:
        before = len(postman.carried)
        for actor in actors:
            await told(world, postman, actor)
        about = {each.id: each.kind for actor in people for each in await sent_to(world, actor)}
        found.update({about[letter.id]: letter for letter in postman.carried[before:]})

    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)
    await deliver(world.service, _gone)
    await tell(intake, group.members[0], world.administrator)
    world.forward(hours=2)
    await world.open_for_new(group)
    applicant, application = await world.applied(await world.code())
    people.append(applicant)
    await wants(world, applicant, *ALL)
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.ADMISSION, application.id
    )
    await tell(*group.members)
    await world.vote(ballot, group.members)
    meeting = await world.do.meetings.plan_meeting(
        group.members[0], group.id, world.now + timedelta(days=3), "Café"
    )
    await world.do.meetings.cancel_meeting(group.members[0], meeting.id)
    await tell(applicant, *group.members)
    await world.do.admission.accept_entry(applicant, application.id, world.signature())
    world.forward(hours=25)
    await tell(*group.members)
    world.travel.by += assignment.ends_at - timedelta(days=3) - world.now
    await tell(starter)
    me = await world.do.volunteers.read_my_volunteering(starter, world.organisation)
    assert me.next_change_at is not None
    world.travel.by += me.next_change_at + timedelta(days=40) - world.now
    await tell(starter)
    return found, _ids(group, people, ballot.id, application.id, conversation, assignment.id, hook.id)


async def _gone(_: Outgoing) -> Answer:
    return Answer.of_status(410)


def _ids(group: Made, people: list[Actor], *more: object) -> set[str]:
    ids = [group.id, group.organisation, *(each.person_id for each in people), *more]
    return {str(each) for each in ids} | {str(each).replace("-", "") for each in ids}


@pytest.mark.hazard("M-h7")
async def test_no_mail_of_any_kind_in_any_language_tells_what_it_is_about(world: World) -> None:
    letters, ids = await _everything(world)
    assert set(letters) == set(MessageKind)
    at = datetime(2026, 12, 1, tzinfo=UTC)
    for language in LANGUAGES:
        bare: dict[Tone, set[str]] = {}
        subjects = set()
        for letter in letters.values():
            mail = COMPOSER.mail(replace(letter, language=language), at)
            address = letter.address.partition("@")[0]
            read = "\n".join(parts(mail)).replace(
                address, ""
            )  # where it goes is made of the person's id, in this test
            assert MARK not in read
            assert not [word for word in WORDS if word.lower() in read.lower()]
            assert not [each for each in ids if each in read]
            subjects.add(mail["Subject"])
            plain = COMPOSER.text(replace(letter, language=language, answer_by=None))
            bare.setdefault(letter.tone, set()).add(
                plain.replace(letter.link, "").replace(letter.turn_off, "")
            )
        assert len(subjects) == 1, "one subject for all"
        assert all(len(texts) == 1 for texts in bare.values()), "one text for each tone, whoever it goes to"
        assert len(bare) == len(Tone)


async def test_the_link_holds_the_messages_id_and_nothing_that_opens_anything(world: World) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await wants(world, member, MessageKind.BALLOT_OPEN)
    await world.do.admission.open_ballot(member, group.id, Question.OPEN_FOR_NEW_PEOPLE)
    postman = Postman()
    await told(world, postman, member)
    (letter,), (sent,) = postman.got(member), await sent_to(world, member)
    assert letter.address == address_of(member)
    assert letter.link == world.service.ways.public_url + f"/pocket?message={sent.id}"
