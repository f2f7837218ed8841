"""Groups in every phase: one kind after another, so that even a small world has them all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count as counting

from app.demo.world import ballots
from app.demo.world.forming import offer
from app.demo.world.ground import Place
from app.demo.world.life import ALMOST, Life, become_another, found, leave
from app.demo.world.meetings import first_evening, local_day, meet, note_who_came
from app.demo.world.own_affairs import agree, ask_to_stay, be_away
from app.demo.world.starters import help_to_start, talk_about_the_exit
from app.domain.admission.decision_rules import Verdict
from app.domain.admission.questions import Question


def make_group(place: Place, kinds: "counting[int]") -> None:
    """One group, of the kind whose turn it is."""
    life = KINDS[next(kinds) % len(KINDS)](place)
    life.settle()


def _forming(place: Place) -> Life:
    """People are being asked."""
    life = found(place, place.now + place.between(2, 4), place.chance.randint(1, 3), answered=False)
    offer(life)
    return life


def _about_to_meet(place: Place) -> Life:
    """Enough have accepted; the first meeting is planned."""
    first = place.now + place.between(4, 12)
    life = found(place, first - timedelta(days=4), place.chance.randint(4, 6))
    help_to_start(life)
    meet(life, first_evening(life, first), None)
    return life


def _begun(place: Place, youngest: float, oldest: float, people: int) -> Life:
    """A group that has met for a while and goes on."""
    began = place.now - place.between(youngest, oldest)
    life = found(place, began, people)
    help_to_start(life)
    meet(life, first_evening(life, began), None)
    talk_about_the_exit(life)
    ask_to_stay(life)
    return life


def _meeting(place: Place) -> Life:
    """Meets; now and then somebody has left, or is away."""
    life = _begun(place, 14, 730, people=place.chance.randint(5, 7))
    if place.likely(0.4) or not place.has("ground_rules"):
        agree(life)
    if place.likely(0.3):
        leave(life, life.members[0], place.within(life.starts[0] + timedelta(days=10), place.now))
    if place.likely(0.2) or not place.has("member_leave"):
        be_away(life)
    note_who_came(life)
    return life


def _open(place: Place) -> Life:
    """Open for new people; some have applied."""
    life = _begun(place, 60, 700, people=5)
    opened = ballots.open_for_new(life, place.now - place.between(20, 40))
    for _ in range(place.chance.randint(0, 2)):
        ballots.apply(life, place.within(opened, place.now - timedelta(days=1)))
        life.aliases.pop()
    return life


def _balloting(place: Place) -> Life:
    """A ballot on an application is under way: a seat is kept, some have voted."""
    life = _begun(place, 80, 700, people=6)
    opened = ballots.open_for_new(life, place.now - place.between(25, 40))
    application, _ = ballots.apply(life, place.within(opened, place.now - timedelta(days=6)))
    ballot = ballots.ask_about(life, application, place.now - place.between(1, 5))
    ballots.vote(life, ballot, missing=place.chance.randint(2, 4))
    life.kept.append(ballot["id"])
    return life


def _asked(place: Place) -> Life:
    """The group is asked whether it is open for new people."""
    life = _begun(place, 60, 500, people=place.chance.randint(5, 7))
    ballot = ballots.ask(life, Question.OPEN_FOR_NEW_PEOPLE, place.now - place.between(1, 5))
    ballots.vote(life, ballot, missing=place.chance.randint(2, 3))
    return life


def _offered(place: Place) -> Life:
    """A place is offered; the applicant is thinking it over."""
    life = _begun(place, 200, 700, people=6)
    opened = ballots.open_for_new(life, place.now - place.between(30, 40))
    application, _ = ballots.apply(life, place.within(opened, place.now - timedelta(days=12)))
    ballot = ballots.ask_about(life, application, place.now - place.between(7, 8))
    ballots.count(life, ballot, Verdict.ADOPTED)
    life.kept.append(ballot["id"])
    return life


def _refused(place: Place) -> Life:
    """A no, a ballot that too few took part in, one that was withdrawn; and a group that is closed again."""
    life = _begun(place, 200, 700, people=6)
    opened = ballots.open_for_new(life, place.now - place.between(120, 150))
    for verdict in (Verdict.NOT_ADOPTED, Verdict.LAPSED):
        at = opened + place.between(2, 10)
        application, _ = ballots.apply(life, at)
        ballots.count(life, ballots.ask_about(life, application, at + place.between(1, 4)), verdict)
        life.aliases.pop()
    at = opened + place.between(30, 40)
    application, _ = ballots.apply(life, at)
    withdrawn = ballots.ask_about(life, application, at + place.between(1, 2))
    application["withdrawn_at"] = withdrawn["withdrawn_at"] = at + place.between(3, 4)
    life.row["closed_for_new_at"] = at + place.between(10, 20)
    return life


def _second(place: Place) -> Life:
    """Somebody has come in: a group in its second generation."""
    life = _begun(place, 240, 730, people=5)
    _let_in(life, place.within(life.starts[0] + timedelta(days=60), place.now - timedelta(days=60)))
    note_who_came(life)
    return life


def _third(place: Place) -> Life:
    """Two have come in, one after the other; one question was void when the second came."""
    life = _begun(place, 360, 730, people=5)
    entered = _let_in(life, life.starts[0] + place.between(60, 90))
    _let_in(life, place.within(entered + timedelta(days=45), place.now - timedelta(days=60)), voids=True)
    note_who_came(life)
    return life


def _let_in(life: Life, at: datetime, *, voids: bool = False) -> datetime:
    """The whole way in: open, applied, balloted, accepted, and closed again for now. Answers when they entered."""
    place = life.place
    opened = ballots.open_for_new(life, at)
    application, who = ballots.apply(life, opened + place.between(1, 8))
    ballot = ballots.ask_about(life, application, application["applied_at"] + place.between(1, 4))
    counted = ballots.count(life, ballot, Verdict.ADOPTED)
    other = ballots.ask(life, Question.OPEN_FOR_NEW_PEOPLE, counted + ALMOST) if voids else None
    entered = ballots.accept(life, application, ballot, counted)
    if other is not None:
        other["voided_at"] = entered
    become_another(life, who, ballot["id"], entered)
    life.row["closed_for_new_at"] = entered + place.between(6, 10)
    return entered


def _dormant(place: Place) -> Life:
    """Has not met for longer than its organisation expects, and nobody has said that it is over (G-h9)."""
    silent = place.settings.dormant_after_days
    stopped = place.now - place.between(silent + 10, silent + 120)
    began = stopped - place.between(60, 400)
    life = found(place, began, place.chance.randint(4, 6))
    meet(life, first_evening(life, began), stopped)
    return life


def _ended(place: Place) -> Life:
    """Everybody has left, one after another."""
    stopped = place.now - place.between(20, 300)
    began = stopped - place.between(90, 380)
    life = found(place, began, place.chance.randint(4, 6))
    meet(life, first_evening(life, began), stopped)
    for member in life.members:
        leave(life, member, stopped + place.between(0.1, 12))
    return life


def _with_an_end(place: Place, ends: datetime, began: datetime) -> Life:
    life = found(place, began, place.chance.randint(5, 6))
    meet(life, first_evening(life, began), ends if ends < place.now else None)
    at = place.within(life.starts[0] + timedelta(days=10), min(ends, place.now) - timedelta(days=40))
    ballots.count(
        life, ballots.ask(life, Question.END_DATE, at, ends_at=local_day(life, ends)), Verdict.ADOPTED
    )
    return life


def _ended_as_agreed(place: Place) -> Life:
    """Came to the end that it had set itself (G-16)."""
    ends = place.now - place.between(10, 200)
    return _with_an_end(place, ends, ends - place.between(150, 400))


def _ending(place: Place) -> Life:
    """Has decided until when it meets."""
    return _with_an_end(place, place.now + place.between(30, 120), place.now - place.between(120, 300))


KINDS: tuple[Callable[[Place], Life], ...] = (
    _meeting, _forming, _balloting, _meeting, _second, _about_to_meet, _open, _meeting, _ended, _asked, _meeting,
    _dormant, _third, _meeting, _offered, _ended_as_agreed, _meeting, _refused, _open, _meeting, _ending, _balloting,
    _about_to_meet, _dormant, _meeting, _second,
)  # fmt: skip
"""The turns: a world of thirty groups has all of them."""
