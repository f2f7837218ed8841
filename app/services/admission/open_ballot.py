"""Open a ballot."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.admission.ballot import SECRECY_NEEDS, Ballot, RollEntry
from app.domain.admission.decision_rules import CONSENT_OF_ALL
from app.domain.admission.errors import NobodyCanVote, WindowOutOfBounds
from app.domain.admission.questions import TERMS, Question, Subject, require_fitting
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.group import Group
from app.domain.organisations.policy import PolicySettings
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import (
    ApplicationId,
    AssignmentId,
    BallotId,
    GroundRulesId,
    GroupId,
    MembershipId,
    organisation_of,
)
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.questions import ASK
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
        ends_at: datetime | None = None,
        ground_rules_id: GroundRulesId | None = None,
        member_id: MembershipId | None = None,
        assignment_id: AssignmentId | None = None,
        latest_date: date | None = None,
        max_meetings: int | None = None,
    ) -> BallotView:
        person = actor.person_id
        named = Subject(
            application_id=application_id,
            ends_at=ends_at,
            ground_rules_id=ground_rules_id,
            member_id=member_id,
            assignment_id=assignment_id,
            latest_date=latest_date,
            max_meetings=max_meetings,
        )
        require_fitting(question, named)
        if window_days is not None and not SHORTEST_WINDOW <= window_days <= LONGEST_WINDOW:
            raise WindowOutOfBounds("/window_days", minimum=SHORTEST_WINDOW, maximum=LONGEST_WINDOW)
        made: list[BallotId] = []

        async def work(tx: AdmissionUnitOfWork) -> BallotView:
            seen = await tx.standings.lock(group_id, person)
            require_insider(seen.standing, GroupNotFound)
            seen.group.require_meeting(tx.now)
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            settings = (await tx.policies.holding(tx.now)).settings
            closes_at = tx.now + timedelta(days=window_days or settings.ballot_window_days)
            subject = await ASK[question](tx, seen, named, closes_at)
            ballot = await _snapshot(tx, seen, question, subject, closes_at, settings)
            made.append(ballot.id)
            ballot.public_key = self.keys.create(ballot.id)
            await tx.groups.free_reservations(await tx.groups.stale_reservations(group_id, tx.now))
            await tx.ballots.add(ballot)
            if TERMS[question].keeps_seat:
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


async def _snapshot(
    tx: AdmissionUnitOfWork,
    seen: Seen,
    question: Question,
    subject: Subject,
    closes_at: datetime,
    settings: PolicySettings,
) -> Ballot:
    """Roll, rule, quorum and closing time, as they are in this instant."""
    group, now = seen.group, tx.now
    terms = TERMS[question]
    roll = [member for member in await tx.standings.electorate(group.id) if member != subject.member_id]
    others = seen.members - (subject.member_id is not None)
    if len(roll) < max(terms.least_roll, min(SECRECY_NEEDS, others)):
        raise NobodyCanVote
    secret = len(roll) >= SECRECY_NEEDS
    own_rule = await _own_rule(tx, group) if terms.rule is None else None
    return Ballot(
        id=BallotId(tx.new_id()),
        organisation_id=group.organisation_id,
        group_id=group.id,
        generation=group.generation,
        question=question,
        subject=subject,
        rule=(terms.rule or own_rule or settings.ballot_rule) if secret else CONSENT_OF_ALL,
        quorum_percent=settings.ballot_quorum_percent if secret and terms.rule is None else 100,
        secret=secret,
        opened_at=now,
        closes_at=closes_at,
        public_key=b"",
        withdrawn_at=None,
        voided_at=None,
        verdict=None,
        roll={member: RollEntry(membership_id=member) for member in roll},
    )


async def _own_rule(tx: AdmissionUnitOfWork, group: Group) -> str | None:
    """The rule that the group has agreed on in its ground rules, if it has (G-15)."""
    if group.rules is None:
        return None
    rules = await tx.ground_rules.find(group.rules.id)
    return None if rules is None else rules.agreement.decision_rule
