"""What comes before a group: outcomes of intakes, interests, codes that somebody has handed out."""

from datetime import datetime, timedelta
from uuid import UUID

from app.demo.world.ground import Place, Someone
from app.domain.intake.criteria import SHIPPED_VERSION, Answer, Criterion
from app.domain.intake.interest import Company
from app.domain.intake.outcome import Outcome
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.frames import Form, Weekday
from app.services.intake.confiding import NOTE, OWN_WORDS, POINTS, Point, written

OUTCOMES = (Outcome.GROUP, Outcome.GROUP, None, Outcome.GROUP, Outcome.NOT_NOW, Outcome.OTHER_HELP)
"""One person after another of those who look for a group; None: nobody has talked with them yet."""


def make_interests(place: Place, how_many: int) -> list[Someone]:
    """People who look for a group; those who could take a place now."""
    ready = []
    for index in range(how_many):
        registered = place.now - place.between(1, place.settings.interest_days * 0.6)
        who = place.person(registered - timedelta(hours=1))
        _interest(place, who, registered)
        outcome = OUTCOMES[index % len(OUTCOMES)]
        if outcome is None and place.likely(0.7):
            _wait_for_conversation(place, who)
        elif outcome is not None:
            held = record_outcome(place, who, at := place.within(registered, place.now), outcome)
            if held is not None:
                _what_was_said(place, held, at)
        if outcome is Outcome.GROUP:
            ready.append(who)
    return ready


def record_outcome(place: Place, who: Someone, at: datetime, outcome: Outcome = Outcome.GROUP) -> UUID | None:
    """An outcome, in the way of the organisation (I-01, T3). Answers with the conversation that it came from, if any."""
    by_oneself = place.settings.intake_mode is IntakeMode.SELF_DECLARATION and outcome is Outcome.GROUP
    shown = [help_.key for help_ in place.words.other_help(place.country.value, who.language)]
    row = place.add(
        "intake_outcome", id=place.id(at), person_id=who.id, outcome=outcome,
        method="self_declaration" if by_oneself else "conversation",
        recorded_by=who.id if by_oneself else place.interviewers[0].id,
        signposted_to=place.chance.sample(shown, 2) if outcome is Outcome.OTHER_HELP else [],
        recorded_at=at, valid_until=at + timedelta(days=place.settings.intake_valid_days),
    )  # fmt: skip
    return None if by_oneself else _conversation(place, who, at, row["id"])


def _conversation(place: Place, who: Someone, at: datetime, outcome: UUID) -> UUID:
    """The conversation that an outcome came from: when, with whom, and nothing of what was said (P-17)."""
    asked = at - place.between(0.1, 0.15)
    row = place.add(
        "assessment", id=place.id(asked), person_id=who.id, criteria_version=SHIPPED_VERSION, asked_at=asked,
        kept_until=at + timedelta(days=place.settings.assessment_text_days), interviewer_id=place.interviewers[0].id,
        starts_at=at - timedelta(hours=1), form=Form.IN_PERSON, place=place.lists["conversation_place"],
        completed_at=at, outcome_id=outcome, version=3,
    )  # fmt: skip
    id_: UUID = row["id"]
    return id_


def _what_was_said(place: Place, assessment: UUID, at: datetime) -> None:
    """A short note and how the points stood; both go in time (I-h4)."""
    gone = at + timedelta(days=place.settings.assessment_text_days)
    points = [Point(key, place.chance.choice(list(Answer))) for key in Criterion]
    place.confide(assessment, NOTE, place.pick("notes"), gone)
    place.confide(assessment, POINTS, written(points), gone)


def _wait_for_conversation(place: Place, who: Someone) -> None:
    """Somebody has asked for a conversation; half of them know when it is."""
    asked = place.now - place.between(0.1, 0.9)
    starts = place.now + place.between(1, 14) if place.likely(0.5) else None
    kept = starts + timedelta(days=place.settings.appointment_no_show_days) if starts else None
    row = place.add(
        "assessment", id=place.id(asked), person_id=who.id, criteria_version=SHIPPED_VERSION, asked_at=asked,
        kept_until=kept or asked + timedelta(days=place.settings.interest_days),
        interviewer_id=place.interviewers[0].id if starts else None, starts_at=starts,
        form=Form.PHONE if starts else None, place=place.lists["phone"] if starts else None,
        completed_at=None, outcome_id=None, version=2 if starts else 1,
    )  # fmt: skip
    if place.likely(0.6):
        gone = asked + timedelta(days=place.settings.assessment_text_days)
        place.confide(row["id"], OWN_WORDS, place.pick("own_words"), gone)


def make_recommendations(place: Place, how_many: int) -> None:
    """Codes that coordinators have given: the receipt, and what is left of the codes. Nothing joins the two."""
    for _ in range(how_many):
        given = place.now - place.between(1, 90)
        expires = given + timedelta(days=place.settings.recommendation_days)
        codes = place.chance.randint(1, 5)
        place.add(
            "recommendation", id=place.id(given), giver_id=place.coordinators[0].id, how_many=codes, given_at=given,
            expires_at=expires,
        )  # fmt: skip
        for _ in range(codes if expires > place.now else 0):
            # Of no code that anybody knows: as good as handed out and not used yet.
            place.add("recommendation_code", code_hash=place.chance.randbytes(32), expires_at=expires)


def _interest(place: Place, who: Someone, at: datetime) -> None:
    chance = place.chance
    place.add(
        "interest", person_id=who.id, theme=place.pick("themes") if place.likely(0.8) else None,
        forms=_some(place, list(Form), 1, 3), area=place.pick("areas"), weekdays=_some(place, list(Weekday), 0, 3),
        language=who.language, company=_some(place, list(Company), 0, 2), private_wish=None, registered_at=at,
        kept_until=at + timedelta(days=chance.choice((1, 1, 2)) * place.settings.interest_days),
    )  # fmt: skip


def _some(place: Place, of: list[str], low: int, high: int) -> list[str]:
    return place.chance.sample(of, place.chance.randint(low, high))
