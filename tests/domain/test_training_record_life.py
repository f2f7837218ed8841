"""The life of a training record against a simple model: whatever is recorded and corrected, in whatever order."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain.organisations.policy import Policy
from app.domain.volunteers.errors import (
    AlreadyCorrected,
    EntryInTheFuture,
    EntryNotFound,
    HasNotResigned,
    HasResigned,
    OwnTraining,
    TheirsToSay,
)
from app.domain.volunteers.qualification import ASSIGNABLE, prospect, qualification
from app.domain.volunteers.training_record import (
    Continuing,
    ConversationOutcome,
    EntryContent,
    EntryKind,
    Module,
    TrainingRecord,
)
from tests.support.histories import Life, share
from tests.support.training import DAY, MOMENT, Model, content, day, entry, policy, record

quiet = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
DAYS = st.integers(0, 900)


@st.composite
def contents(draw: st.DrawFn, latest: int = 900) -> EntryContent:
    """Anything that a coordinator may record."""
    at = draw(st.integers(0, latest))
    kind = draw(
        st.sampled_from([*[EntryKind.INTRODUCTION] * 3, *[EntryKind.CONVERSATION] * 2, *EntryKind]).filter(
            lambda each: each not in (EntryKind.STRUCK, EntryKind.RETURN, EntryKind.RESIGNATION)
        )
    )
    if kind is EntryKind.INTRODUCTION:
        return content(kind, at, module=draw(st.sampled_from(Module)))
    if kind is EntryKind.CONVERSATION:
        suited = ConversationOutcome.SUITED
        return content(kind, at, outcome=draw(st.sampled_from([suited, suited, *ConversationOutcome])))
    if kind is EntryKind.EXEMPTION:
        until = day(at + draw(st.integers(1, 366)))
        return content(kind, at, requirement=draw(st.sampled_from(Continuing)), until=until)
    return content(kind, at)


@st.composite
def policies(draw: st.DrawFn) -> list[Policy]:
    """One to three versions, the later ones scheduled anywhere."""
    return [
        policy(
            version,
            -1000 if version == 1 else draw(DAYS) + 0.5 * version,
            supervision_every_days=draw(st.integers(30, 300)),
            course_every_days=draw(st.integers(180, 800)),
            network_meeting_every_days=draw(st.integers(90, 400)),
            renewal_window_days=draw(st.integers(14, 60)),
        )
        for version in range(1, draw(st.integers(1, 3)) + 1)
    ]


def announced(made: TrainingRecord, versions: Sequence[Policy], model: Model) -> None:
    """Follow the announced changes from before the beginning to the end: between them nothing changes, at them it does."""
    moment = day(-5)
    turns = 0
    while True:
        found = qualification(made, versions, moment)
        assert found.status is model.status(list(versions), moment)
        assert found.is_assignable == (found.status in ASSIGNABLE)
        until = found.next_change_at
        if until is None:
            for later in (day(2500), day(9000)):
                assert qualification(made, versions, later).status is found.status
            return
        assert until > moment
        for between in (moment + (until - moment) / 2, until - MOMENT):
            assert qualification(made, versions, between).status is found.status
            assert model.status(list(versions), between) is found.status
        assert qualification(made, versions, until).status is found.next_status is not found.status
        moment, turns = until, turns + 1
        assert turns < 400


class RecordLife(Life):
    """A record that is written into day after day, and its model."""

    of = "training record"

    @initialize(offered=st.one_of(st.none(), DAYS), declared=st.one_of(st.none(), DAYS), versions=policies())
    def begin(self, offered: int | None, declared: int | None, versions: list[Policy]) -> None:
        self.record = record(offered=offered, declared=declared)
        self.model = Model(offered=self.record.offered_at, declared=self.record.declared_at)
        self.versions = versions
        self.slot_of: list[int] = []
        self.now = 900

    def _append(self, what: EntryContent, *, own: bool = False) -> None:
        number = len(self.record.entries)
        self.record.append(entry(number, what, own=own, recorded=self.now), day(self.now))

    @rule(what=contents())
    def record_something(self, what: EntryContent) -> None:
        self._append(what)
        self.slot_of.append(len(self.model.slots))
        self.model.slots.append(what)

    @precondition(lambda self: self.record.entries)
    @rule(data=st.data(), what=st.one_of(st.none(), contents()))
    def correct(self, data: st.DataObject, what: EntryContent | None) -> None:
        index = data.draw(st.integers(0, len(self.record.entries) - 1))
        wrong = self.record.entries[index]
        known = what or content(EntryKind.STRUCK, 0, corrects=wrong.id)
        known = replace(known, corrects=wrong.id)
        if wrong.recorded_by == wrong.person_id:
            with pytest.raises(TheirsToSay):
                self._append(known)
        elif any(each.content.corrects == wrong.id for each in self.record.entries):
            with pytest.raises(AlreadyCorrected):
                self._append(known)
        else:
            self._append(known)
            self.model.slots[self.slot_of[index]] = None
            self.slot_of.append(len(self.model.slots))
            self.model.slots.append(what)

    @rule(days=st.integers(0, 40), kind=st.sampled_from([EntryKind.RESIGNATION, EntryKind.RETURN]))
    def come_or_go(self, days: int, kind: EntryKind) -> None:
        self.now += days + 1
        what = content(kind, self.now)
        gone = self.model.status(self.versions, day(self.now)).value == "resigned"
        if gone == (kind is EntryKind.RESIGNATION):
            with pytest.raises(HasResigned if gone else HasNotResigned):
                self._append(what, own=True)
            return
        self._append(what, own=True)
        self.slot_of.append(len(self.model.slots))
        self.model.slots.append(what)

    @rule(what=contents())
    def nobody_writes_about_themselves(self, what: EntryContent) -> None:
        with pytest.raises(OwnTraining):
            self._append(what, own=True)

    @rule(days=st.integers(1, 90))
    def nothing_is_written_ahead(self, days: int) -> None:
        with pytest.raises(EntryInTheFuture):
            self._append(content(EntryKind.COURSE, self.now + days))
        stranger = entry(99_999, content(EntryKind.COURSE, 1)).id
        with pytest.raises(EntryNotFound):
            self._append(replace(content(EntryKind.COURSE, 1), corrects=stranger))
        with pytest.raises(TheirsToSay):
            self._append(content(EntryKind.RETURN, self.now))

    @invariant()
    def it_amounts_to_what_the_model_says(self) -> None:
        if hasattr(self, "record"):
            for at in (0, 300.25, 700, self.now, self.now + 200):
                found = qualification(self.record, self.versions, day(at))
                assert found.status is self.model.status(self.versions, day(at))

    def teardown(self) -> None:
        if hasattr(self, "record"):
            announced(self.record, self.versions, self.model)


@pytest.mark.rule("V-01", "V-04", "V-06", "V-07", "C-07")
@pytest.mark.hazard("D-h5", "S-h5")
def test_the_life_of_a_record() -> None:
    """Of up to 15 steps each."""
    steps = settings(quiet, max_examples=share("training record"), stateful_step_count=15)
    run_state_machine_as_test(RecordLife, settings=steps)


@quiet
@given(st.lists(contents(), max_size=12), st.data(), policies(), st.one_of(st.none(), contents()))
def test_a_corrected_record_is_one_in_which_the_wrong_entry_had_never_been(
    kept: list[EntryContent], data: st.DataObject, versions: list[Policy], right: EntryContent | None
) -> None:
    wrong = data.draw(contents())
    place = data.draw(st.integers(0, len(kept)))
    before = [*kept[:place], wrong, *kept[place:]]
    corrected = record(*before)
    corrects = corrected.entries[place].id
    last = (
        content(EntryKind.STRUCK, 1, corrects=corrects)
        if right is None
        else replace(right, corrects=corrects)
    )
    corrected.append(entry(len(before), last), day(5000))
    straight = record(*kept, *([] if right is None else [right]))
    for at in (0, 150, 400, 650, 900, 1200):
        one = qualification(corrected, versions, day(at))
        assert one == qualification(straight, versions, day(at))
        until = prospect(straight, versions, day(at))[1]
        assert prospect(corrected, versions, day(at)) == (one, until)


@quiet
@given(st.lists(contents(), min_size=4, max_size=14), policies(), DAYS)
def test_assignable_until_is_the_first_instant_at_which_they_are_not(
    kept: list[EntryContent], versions: list[Policy], at: int
) -> None:
    made = record(*kept)
    until = prospect(made, versions, day(at))[1]
    if until is None:
        raise AssertionError("everything runs out one day")
    assert not qualification(made, versions, until).is_assignable
    step = day(at)
    while step < until:
        assert qualification(made, versions, step).is_assignable
        step += 7 * DAY
