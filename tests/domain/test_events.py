"""The catalogue of events, who may know of which, and for how long a position in the feed holds."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.domain.events.catalogue import CATALOGUE, type_of
from app.domain.events.errors import EventsForgotten
from app.domain.events.event_type import IN_THE_FEED, EventUnclear, Known, told_to
from app.domain.events.feed import BEGINS_WITH, HOLDS_FOR, KEPT_FOR, FeedPosition
from app.domain.keeping.retention import TERMS, Kept
from app.domain.shared.events import Event

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TO_A_MUNICIPALITY = {
    "group.offer.published",
    "group.offer.taken_down",
    "organisation.mergers.noted",
    "organisation.policy.adopted",
    "course.created",
    "course.changed",
    "course.sign_up_opened",
    "course.milestone_noted",
    "course.cancelled",
}
"""Written down here once more, so that nobody tells a municipality something without thinking of it (O-01, P-h1)."""
TO_STAFF = TO_A_MUNICIPALITY | {
    "group.formed",
    "group.starter.assigned",
    "group.starter.replaced",
    "group.starter.left",
    "group.starter.exit_confirmed",
    "group.starter.exit_shortened",
    "group.starter.exit_extended",
    "system.registered",
    "system.changed",
    "system.revoked",
    "webhook.failing",
    "webhook.disabled",
}


@pytest.mark.hazard("P-h1", "P-h6")
def test_a_municipality_is_told_nothing_about_a_person_or_the_inside_of_a_group() -> None:
    assert set(told_to(CATALOGUE.values(), [Known.EVERYBODY, Known.COURSE_READERS])) == TO_A_MUNICIPALITY
    assert set(told_to(CATALOGUE.values(), list(Known))) == TO_STAFF
    assert set(told_to(CATALOGUE.values(), [Known.EVERYBODY])) == {
        name for name in TO_A_MUNICIPALITY if not name.startswith("course.")
    }


def test_what_only_a_group_or_one_person_knows_is_in_no_feed() -> None:
    inside = {Known.GROUP, Known.CONCERNED, Known.COMPOSER}
    assert not inside & IN_THE_FEED
    assert told_to(CATALOGUE.values(), inside) == []


@pytest.mark.hazard("P-h6")
def test_an_event_carries_what_its_type_says_and_nothing_more() -> None:
    course = uuid4()
    assert type_of(Event("course.created", course, {"course": course})).name == "course.created"
    for wrong in (
        Event("course.created", course, {"course": course, "person": uuid4()}),
        Event("course.forgotten", course, {}),
    ):
        with pytest.raises(EventUnclear):
            type_of(wrong)
    assert not any({"person", "voter", "name"} & set(each.carries) for each in CATALOGUE.values())


def test_names_are_short_paths_of_words() -> None:
    for name in CATALOGUE:
        parts = name.split(".")
        assert 2 <= len(parts) <= 3, name
        assert all(part.replace("_", "").isalpha() and part.islower() for part in parts), name


def test_a_position_holds_while_everything_after_it_is_kept() -> None:
    """Whoever asks with it has missed nothing: what came after it is younger than what is forgotten."""
    assert TERMS[Kept.OUTBOX].days == KEPT_FOR.days
    position = FeedPosition.start(NOW)
    position.require_held(NOW + timedelta(days=28))
    with pytest.raises(EventsForgotten):
        position.require_held(NOW + HOLDS_FOR)
    assert position.seen_to + HOLDS_FOR < NOW + KEPT_FOR


def test_whoever_begins_has_time_to_read_on() -> None:
    """The first page may end with the oldest event that is told: its position holds for days yet."""
    oldest = NOW - BEGINS_WITH
    FeedPosition.start(NOW).moved(1, oldest).require_held(NOW + timedelta(days=6))


def test_a_position_stands_still_for_a_day() -> None:
    position = FeedPosition(7, NOW).moved(7, NOW)
    assert position == position.moved(7, NOW + timedelta(hours=11))
    assert position != position.moved(7, NOW + timedelta(hours=12))
