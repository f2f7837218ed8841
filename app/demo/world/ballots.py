"""Ballots of a group, with their rolls and outcomes, and the applications that some of them are about."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.demo.world.ground import Box, Place, Row, Someone
from app.demo.world.intake import record_outcome
from app.demo.world.life import Life
from app.demo.world.meetings import next_after
from app.domain.admission.application import offer_expires_at
from app.domain.admission.decision_rules import Choice, Verdict
from app.domain.admission.questions import Question, Subject

_WILLING = (Choice.FOR, Choice.FOR, Choice.FOR, Choice.ABSTAIN)
_IN_TWO_MINDS = (Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)


def ask(life: Life, question: Question, at: datetime, **about: Any) -> Row:
    """Open a ballot: roll, rule, quorum and closing time as they are at that instant (B-15)."""
    place, held = life.place, life.place.settings
    subject = {**dict.fromkeys(each.name for each in fields(Subject)), **about}
    row = place.add(
        "ballot", id=place.id(at), group_id=life.id, generation=life.row["generation"], question=question,
        rule=held.ballot_rule, quorum_percent=held.ballot_quorum_percent, secret=True, opened_at=at,
        closes_at=at + timedelta(days=held.ballot_window_days), public_key=place.chance.randbytes(32),
        withdrawn_at=None, voided_at=None, counted_at=None, **subject,
    )  # fmt: skip
    for member in life.voters:
        place.add(
            "ballot_roll", ballot_id=row["id"], membership_id=member.id, group_id=life.id, has_voted=False,
            dropped_at=None,
        )  # fmt: skip
    return row


def count(life: Life, ballot: Row, verdict: Verdict) -> datetime:
    """What came of it: decided once everyone has voted, lapsed when its time is over. Answers when."""
    place = life.place
    early = ballot["opened_at"] + place.between(1.5, 6)
    at: datetime = ballot["closes_at"] + place.between(0.001, 0.01) if verdict is Verdict.LAPSED else early
    is_offer = verdict is Verdict.ADOPTED and ballot["applicant_id"] is not None
    ends = offer_expires_at(at, place.settings.entry_offer_days, next_after(life, at)) if is_offer else None
    ballot["counted_at"] = at
    place.add(
        "ballot_outcome", ballot_id=ballot["id"], group_id=life.id, applicant_id=ballot["applicant_id"],
        member_id=None, verdict=verdict, counted_at=at, offer_expires_at=ends,
    )  # fmt: skip
    return at


def vote(life: Life, ballot: Row, *, missing: int) -> None:
    """Leave a ballot open: all but so many have voted. Its envelopes are sealed when it is written."""
    place = life.place
    voters = life.voters
    voted = voters[: max(len(voters) - missing, 1)]
    chosen = {member.id for member in voted}
    for row in reversed(place.rows.tables["ballot_roll"]):
        if row["ballot_id"] != ballot["id"]:
            break
        row["has_voted"] = row["membership_id"] in chosen
    mood = _IN_TWO_MINDS if len(place.rows.boxes) % 3 == 2 else _WILLING
    place.rows.boxes.append(Box(ballot, [(member.id, place.chance.choice(mood)) for member in voted]))


def open_for_new(life: Life, at: datetime) -> datetime:
    """The group decides to be open for new people. Answers when that was counted."""
    return count(life, ask(life, Question.OPEN_FOR_NEW_PEOPLE, at), Verdict.ADOPTED)


def apply(life: Life, at: datetime) -> tuple[Row, Someone]:
    """Somebody new applies, in their own words (A-07)."""
    place = life.place
    who = applicant(place, at)
    row = place.add(
        "application", id=place.id(at), group_id=life.id, applicant_id=who.id, alias=life.aliases[-1],
        introduction=place.pick("introductions"), known_as=who.name if place.likely(0.4) else None, applied_at=at,
        waits_until=at + timedelta(days=place.settings.application_wait_days), withdrawn_at=None, declined_at=None,
        entered_at=None, closed_at=None,
    )  # fmt: skip
    return row, who


def ask_about(life: Life, application: Row, at: datetime) -> Row:
    """Open the ballot on an application."""
    return ask(
        life,
        Question.ADMISSION,
        at,
        application_id=application["id"],
        applicant_id=application["applicant_id"],
    )


def applicant(place: Place, at: datetime) -> Someone:
    """Somebody who may apply now: registered, with an outcome that holds."""
    who = place.person(at - place.between(2, 20))
    record_outcome(place, who, at - place.between(0.2, 1.5))
    return who


def accept(life: Life, application: Row, ballot: Row, counted: datetime) -> datetime:
    """The offer was accepted in time. Answers when; the offer's own end is written after the entry."""
    place = life.place
    outcome = place.rows.tables["ballot_outcome"][-1]
    ends: datetime = outcome["offer_expires_at"]
    at = counted + (ends - counted) * place.chance.uniform(0.1, 0.7)
    application["entered_at"] = at
    key: tuple[UUID, UUID, datetime] = (place.organisation, ballot["id"], ends)
    place.rows.ended_offers.append(key)
    return at
