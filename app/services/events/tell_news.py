"""Who may hear of something: asked anew at each event, under the wall of whoever would hear it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from app.domain.events.news import Ear, Happening
from app.domain.groups.convening import convenes
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.group import Origin
from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.ids import ApplicationId, AssessmentId, BallotId, MeetingId, PersonId, PlacementId
from app.services.events.news_ports import NewsUnitOfWork
from app.services.events.news_views import NewsView
from app.services.ports.repositories import Seen
from app.services.ports.transaction import Transact

_INSIDE = frozenset({Standing.MEMBER, Standing.UNSIGNED})


@dataclass(frozen=True, slots=True)
class TellNews:
    """Tell somebody that something has happened, if they may know of it as of now; nothing otherwise.

    Whoever is told can read what it is about at this moment, by the same standing. It counts no ballot, locks nothing and
    notes nothing: to be told that there is news is no look at anything.
    """

    transact: Transact[NewsUnitOfWork]

    async def __call__(self, actor: Actor, happening: Happening) -> NewsView | None:
        heard, person = happening.heard, actor.person_id
        if heard is None:
            return None

        async def work(tx: NewsUnitOfWork) -> NewsView | None:
            if await _HEARS[heard.ear](tx, person, happening):
                return NewsView.of(happening, heard.topic)
            if happening.type == "group.ballot.closed":
                return await _as_applicant(tx, person, happening)
            return None

        return await self.transact.read(actor, happening.organisation, work)


async def _seen(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> Seen | None:
    if happening.group is None:
        return None
    try:
        return await tx.standings.look(happening.group, person)
    except GroupNotFound:
        return None


async def _members(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    seen = await _seen(tx, person, happening)
    if seen is None or seen.standing is not Standing.MEMBER or seen.membership_id is None:
        return False
    if "application" in happening.ids:
        return await tx.news_reads.knows_application(
            seen.membership_id, ApplicationId(happening.ids["application"])
        )
    if "ballot" in happening.ids:
        return await tx.news_reads.knows_ballot(seen.membership_id, BallotId(happening.ids["ballot"]))
    return True


async def _places(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    seen = await _seen(tx, person, happening)
    return seen is not None and seen.standing in _INSIDE


async def _timetable(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    seen = await _seen(tx, person, happening)
    if seen is None or seen.standing not in SEES_MEETINGS:
        return False
    if seen.standing is not Standing.STARTER:
        return True
    meeting = happening.ids.get("meeting")
    starts_at = None if meeting is None else await tx.news_reads.starts_at(MeetingId(meeting))
    return starts_at is not None and seen.helps_at(starts_at)


async def _composer(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    seen = await _seen(tx, person, happening)
    if seen is None or seen.group.is_closed(tx.now):
        return False
    if seen.group.origin is Origin.STAND_ALONE:
        duty = await tx.convenors.duty_of(seen.group.id, seen.membership_id)
        return seen.standing is Standing.MEMBER and convenes(seen.group, duty, tx.now)
    return seen.standing is Standing.COORDINATOR and await tx.staff_declarations.has(person)


async def _invited(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    return await tx.news_reads.invited(PlacementId(happening.ids["placement"])) == person


async def _conversation(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    found = await tx.news_reads.conversation(AssessmentId(happening.ids["assessment"]))
    if found is None or found.kept_until <= tx.now:
        return False
    if found.person_id == person:
        return True
    roles = await tx.roles.of(person)
    is_theirs = found.interviewer_id == person and Role.INTERVIEWER in roles
    if person in found.known or not (is_theirs or Role.COORDINATOR in roles):
        return False
    return await tx.staff_declarations.has(person)


async def _oneself(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> bool:
    return happening.subject == person


async def _as_applicant(tx: NewsUnitOfWork, person: PersonId, happening: Happening) -> NewsView | None:
    """Whoever has applied is told that their own application has been decided, and of no other ballot."""
    application = await tx.news_reads.own_application(BallotId(happening.ids["ballot"]), person)
    return None if application is None else NewsView.of_own_application(happening, application)


_HEARS: Mapping[Ear, Callable[[NewsUnitOfWork, PersonId, Happening], Awaitable[bool]]] = {
    Ear.MEMBERS: _members,
    Ear.PLACES: _places,
    Ear.TIMETABLE: _timetable,
    Ear.COMPOSER: _composer,
    Ear.INVITED: _invited,
    Ear.CONVERSATION: _conversation,
    Ear.ONESELF: _oneself,
}
