"""What there is to tell somebody, in one of their organisations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.domain.admission.application import ApplicantStage, Application
from app.domain.admission.ballot import Ballot
from app.domain.groups.standing import Standing
from app.domain.messages.kind import MessageKind
from app.domain.messages.occasion import (
    AFTER_A_NEW_GENERATION,
    BEFORE_A_MEETING,
    BEFORE_AN_EXIT,
    BEFORE_TRAINING_RUNS_OUT,
    NEWS_FOR,
    Occasion,
    coming,
    news,
    with_deadline,
)
from app.domain.organisations.organisation import Role
from app.domain.people.consent import Purpose
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, OrganisationId
from app.domain.volunteers.qualification import Qualification
from app.services.people.deciding import ballots_that_decide
from app.services.people.home_entry_views import HomeOffer
from app.services.people.home_group_views import DeclarationDue, HomeBallot, HomeMeeting
from app.services.people.home_helping_views import HomeAssignment
from app.services.people.home_ports import Desk, Frame, Invited, OwnGroup, Tended
from app.services.people.home_webhook_views import HomeWebhook
from app.services.people.occasion_ports import Change, Decided, OccasionsUnitOfWork, OwnPlace
from app.services.ports.transaction import Transact

_GROUP, _HELPING = Purpose.CONTACT_ABOUT_GROUP, Purpose.MESSAGES_ABOUT_HELPING


@dataclass(frozen=True, slots=True)
class GatherOccasions:
    """What there is to tell somebody: looked up as by themselves, and by the same functions that decide what their first
    screen shows. What they may not see can't become a message."""

    transact: Transact[OccasionsUnitOfWork]

    async def __call__(self, actor: Actor, organisation: OrganisationId) -> list[Occasion]:
        person = actor.person_id

        async def work(tx: OccasionsUnitOfWork) -> list[Occasion]:
            desk = await tx.home_reads.desk(person)
            groups = await tx.home_reads.groups(person)
            applied = await tx.home_reads.applications(person)
            ballots = await ballots_that_decide(tx, groups, applied)
            now = tx.now
            training = await tx.qualifications.status(person, now) if desk.has_offered else None
            found = list(_of_groups(groups, ballots, now))
            found += await _lately(tx, actor, groups, now)
            found += _of_entry(applied, await tx.home_reads.invitations(person), organisation, now)
            for each in await tx.home_reads.sign_ups(person, now):
                found.append(_reminder(_GROUP, each.id, each.group_starts_at))
            if desk.has_helped:
                found += await _of_helping(tx, actor, organisation, training, now)
            found += _of_training(organisation, training)
            found += _of_intake(desk)
            if Role.ADMINISTRATOR in desk.roles:
                found += _of_duties(await tx.home_reads.struggling(), organisation, now)
            return found

        return await self.transact.read(actor, organisation, work)


def _reminder(purpose: Purpose, subject: UUID, starts_at: datetime) -> Occasion:
    return coming(MessageKind.MEETING_REMINDER, purpose, subject, starts_at, BEFORE_A_MEETING)


def _of_groups(groups: list[OwnGroup], ballots: list[Ballot], now: datetime) -> Iterator[Occasion]:
    """Meetings that come, and ballots in which one may vote. Whether one has voted isn't asked, and must not be (B-07)."""
    seen = {group.seen.group.id: group.seen for group in groups}
    for group in groups:
        for meeting in HomeMeeting.those_of(group, now):
            yield _reminder(_GROUP, meeting.id, meeting.starts_at)
    for ballot in ballots:
        if ballot.group_id in seen and HomeBallot.of(ballot, seen[ballot.group_id], now) is not None:
            yield from with_deadline(
                MessageKind.BALLOT_OPEN, _GROUP, ballot.id, ballot.opened_at, ballot.closes_at
            )


async def _lately(
    tx: OccasionsUnitOfWork, actor: Actor, groups: list[OwnGroup], now: datetime
) -> list[Occasion]:
    """What has happened in one's groups since one is there, and what is about to."""
    if not groups:
        return []
    places = await tx.occasion_reads.places(actor.person_id)
    ids = [group.seen.group.id for group in groups if group.seen.group.id in places]
    inside = [
        group.seen.group.id
        for group in groups
        if group.seen.standing is Standing.MEMBER and group.seen.group.is_closed(now)
    ]
    changes = await tx.occasion_reads.changes(ids, now - NEWS_FOR)
    decided = await tx.occasion_reads.decided(inside, now - NEWS_FOR)
    exits = await tx.occasion_reads.exits(inside)
    found = [_changed(each, _GROUP) for each in changes if each.changed_at >= places[each.group_id].joined_at]
    found += _outcomes(decided, places)
    for group, ends_at in exits.items():
        if ends_at > now:
            found.append(coming(MessageKind.STARTER_EXIT, _GROUP, group, ends_at, BEFORE_AN_EXIT))
    for each in groups:
        place = places.get(each.seen.group.id)
        due = DeclarationDue.in_group(each)
        if due is not None and place is not None:
            since = max(place.joined_at, place.generation_formed_at) + AFTER_A_NEW_GENERATION
            found += with_deadline(
                MessageKind.DECLARATION_DUE, _GROUP, each.seen.group.id, since, due.needed_by
            )
    return found


def _changed(change: Change, purpose: Purpose) -> Occasion:
    return Occasion(
        kind=MessageKind.MEETING_CHANGED,
        purpose=purpose,
        subject=change.subject,
        due_at=change.changed_at,
        until=min(change.matters_until, change.changed_at + NEWS_FOR),
    )


def _outcomes(decided: list[Decided], places: dict[GroupId, OwnPlace]) -> Iterator[Occasion]:
    """To all members who were there when it was asked, alike: whether they were asked or have voted, isn't looked at."""
    for each in decided:
        place = places.get(each.group_id)
        if place is not None and place.joined_at <= each.opened_at:
            yield news(MessageKind.OUTCOME, _GROUP, each.ballot_id, each.counted_at)


def _of_entry(
    applied: list[tuple[Application, Frame]],
    invited: list[Invited],
    organisation: OrganisationId,
    now: datetime,
) -> Iterator[Occasion]:
    """Places that wait for an answer, and that an application has been decided on, whichever way (B-26)."""
    for application, frame in applied:
        last = application.last_ballot
        offer = HomeOffer.of_application(application, frame, now)
        if offer is not None and last is not None and last.ended_at is not None:
            yield from with_deadline(
                MessageKind.OFFER, _GROUP, application.id, last.ended_at, offer.expires_at
            )
        ended = application.ended_without_a_place_at(now)
        undecided = application.stage_for_applicant(now) is ApplicantStage.NO_DECISION_YET
        if ended is None and undecided and last is not None:
            ended = last.ended_at
        if ended is not None:
            yield news(MessageKind.OUTCOME, _GROUP, application.id, ended)
    for each in invited:
        place = HomeOffer.of_invitation(each, organisation)
        yield from with_deadline(MessageKind.OFFER, _GROUP, each.id, each.invited_at, place.expires_at)


async def _of_helping(
    tx: OccasionsUnitOfWork,
    actor: Actor,
    organisation: OrganisationId,
    training: Qualification | None,
    now: datetime,
) -> list[Occasion]:
    """What a starter has to know until their exit, and of the exit itself; nothing after it (X-10)."""
    found: list[Occasion] = []
    until: dict[GroupId, datetime] = {}
    for helped in await tx.home_reads.helped(actor.person_id):
        view = HomeAssignment.of(helped, training, organisation, now)
        if view is None or view.group_id is None:
            continue
        until[view.group_id] = view.ends_at
        found.append(coming(MessageKind.STARTER_EXIT, _HELPING, view.id, view.ends_at, BEFORE_AN_EXIT))
        if view.next_meeting is not None:
            found.append(_reminder(_HELPING, view.next_meeting.id, view.next_meeting.starts_at))
    changes = await tx.occasion_reads.changes(sorted(until), now - NEWS_FOR) if until else []
    found += [_changed(each, _HELPING) for each in changes if each.matters_until < until[each.group_id]]
    visits = await tx.home_reads.visits(actor.person_id)
    return [*found, *(_reminder(_HELPING, each.id, each.starts_at) for each in visits)]


def _of_training(organisation: OrganisationId, training: Qualification | None) -> Iterator[Occasion]:
    """What runs out, once each time: as soon as the policy calls it due, at the earliest two months before."""
    for state in training.due if training is not None else ():
        if state.until is not None:
            yield Occasion(
                kind=MessageKind.TRAINING_DUE,
                purpose=_HELPING,
                subject=organisation,
                due_at=state.until - BEFORE_TRAINING_RUNS_OUT,
                until=state.until,
                answer_by=state.until,
            )


def _of_intake(desk: Desk) -> Iterator[Occasion]:
    """The conversation that one has asked for, once its time is settled."""
    talk = desk.talk
    if talk is not None and talk.appointed is not None:
        yield coming(
            MessageKind.INTAKE_APPOINTMENT,
            Purpose.MESSAGES_ABOUT_INTAKE,
            talk.id,
            talk.appointed.starts_at,
            BEFORE_A_MEETING,
        )


def _of_duties(found: list[Tended], organisation: OrganisationId, now: datetime) -> Iterator[Occasion]:
    """Webhooks that somebody has to look after: told when one has failed for long, and again when it is disabled."""
    for each in HomeWebhook.those_of(found, organisation, now):
        yield news(MessageKind.WEBHOOK_FAILING, Purpose.MESSAGES_ABOUT_DUTIES, each.id, each.since)
