"""Open a ballot."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.admission.application import Application
from app.domain.admission.ballot import SECRECY_NEEDS, Ballot, Question, RollEntry
from app.domain.admission.decision_rules import CONSENT_OF_ALL
from app.domain.admission.errors import (
    AlreadyOpen,
    ApplicationNotFound,
    GroupNotOpen,
    NobodyCanVote,
    SubjectMismatch,
    WindowOutOfBounds,
)
from app.domain.groups.errors import GroupNotFound
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import ApplicationId, BallotId, GroupId, organisation_of
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.seeing import require_insider
from app.services.admission.views import BallotView
from app.services.ports.ballot_keys import BallotKeys
from app.services.ports.counting import require_counted
from app.services.ports.repositories import Seen
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact

SHORTEST_WINDOW, LONGEST_WINDOW = 7, 60
"""Days."""


@dataclass(frozen=True, slots=True)
class OpenBallot:
    """Put a question to your group. Any member may.

    In this instant roll, rule, quorum and closing time are fixed, and for an admission a seat is kept (B-01, B-15).
    """

    transact: Transact[AdmissionUnitOfWork]
    keys: BallotKeys
    words: Words

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
        question: Question,
        application_id: ApplicationId | None = None,
        window_days: int | None = None,
    ) -> BallotView:
        person = actor.person_id
        if (question is Question.ADMISSION) != (application_id is not None):
            raise SubjectMismatch("/application_id")
        if window_days is not None and not SHORTEST_WINDOW <= window_days <= LONGEST_WINDOW:
            raise WindowOutOfBounds("/window_days", minimum=SHORTEST_WINDOW, maximum=LONGEST_WINDOW)
        made: list[BallotId] = []

        async def work(tx: AdmissionUnitOfWork) -> BallotView:
            seen = await tx.standings.lock(group_id, person)
            require_insider(seen.standing, GroupNotFound)
            seen.group.require_closed(tx.now)
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            application = await _subject(tx, seen, application_id)
            ballot = await _snapshot(tx, seen, question, application, window_days)
            made.append(ballot.id)
            ballot.public_key = self.keys.create(ballot.id)
            await tx.groups.free_reservations(await tx.groups.stale_reservations(group_id, tx.now))
            await tx.ballots.add(ballot)
            if application is not None:
                await tx.groups.reserve_seat(seen.group, ballot.id)
            tx.emit(Event("group.ballot.opened", group_id, {"group": group_id, "ballot": ballot.id}))
            return BallotView.of(ballot, seen.membership_id, tx.now, self.words, actor.mark.language)

        kept: BallotId | None = None
        try:
            view = await self.transact.write(actor, organisation_of(group_id), work, answer=BallotView)
            kept = view.id
            return view
        finally:
            for ballot_id in made:
                if ballot_id != kept:
                    self.keys.destroy(ballot_id)


async def _subject(
    tx: AdmissionUnitOfWork, seen: Seen, application_id: ApplicationId | None
) -> Application | None:
    """The application that it is about, if it is about one. A group that isn't open votes nobody in (A-01)."""
    is_open = seen.group.is_open_for_new(tx.now)
    if application_id is None:
        if is_open:
            raise AlreadyOpen
        return None
    application = await tx.applications.lock(application_id)
    if application.group_id != seen.group.id:
        raise ApplicationNotFound
    if not is_open:
        raise GroupNotOpen
    application.require_waiting(tx.now)
    return application


async def _snapshot(
    tx: AdmissionUnitOfWork,
    seen: Seen,
    question: Question,
    application: Application | None,
    window_days: int | None,
) -> Ballot:
    """Roll, rule, quorum and closing time, as they are in this instant."""
    group, now = seen.group, tx.now
    roll = await tx.standings.electorate(group.id)
    if len(roll) < min(SECRECY_NEEDS, seen.members):
        raise NobodyCanVote
    settings: PolicySettings = (await tx.policies.holding(now)).settings
    secret = len(roll) >= SECRECY_NEEDS
    return Ballot(
        id=BallotId(tx.new_id()),
        organisation_id=group.organisation_id,
        group_id=group.id,
        generation=group.generation,
        question=question,
        application_id=application.id if application is not None else None,
        applicant_id=application.applicant_id if application is not None else None,
        rule=settings.ballot_rule if secret else CONSENT_OF_ALL,
        quorum_percent=settings.ballot_quorum_percent if secret else 100,
        secret=secret,
        opened_at=now,
        closes_at=now + timedelta(days=window_days or settings.ballot_window_days),
        public_key=b"",
        withdrawn_at=None,
        voided_at=None,
        verdict=None,
        roll={member: RollEntry(membership_id=member) for member in roll},
    )
