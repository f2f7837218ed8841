"""The application: where it stands by the clock alone, and what its writer may hear."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.admission.application import ApplicantStage, Application, Stage, offer_expires_at
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.errors import (
    AlreadyOffered,
    ApplicationOver,
    BallotUnderWay,
    NothingOffered,
    OfferExpired,
)
from tests.domain.build import DAY, MOMENT, NOW, application, last_ballot

EXPIRY = NOW + 14 * DAY


def offered() -> Application:
    return application(last_ballot=last_ballot(BallotStatus.ADOPTED, ended_at=NOW, expires_at=EXPIRY))


def voted_down() -> Application:
    return application(last_ballot=last_ballot(BallotStatus.NOT_ADOPTED, ended_at=NOW))


def lapsed(ended_after: timedelta = 10 * DAY) -> Application:
    return application(last_ballot=last_ballot(BallotStatus.LAPSED, ended_at=NOW + ended_after))


@pytest.mark.hazard("B-13")
def test_b13_it_waits_sixty_days_and_then_ends_by_itself() -> None:
    it = application()
    assert it.stage(it.waits_until - MOMENT) is Stage.WAITING
    assert it.stage(it.waits_until) is Stage.UNHEARD
    assert not it.stage(it.waits_until).is_live


@pytest.mark.hazard("B-09")
def test_b09_after_a_ballot_that_decided_nothing_the_same_time_runs_anew() -> None:
    it = lapsed()
    assert it.stage(NOW + 70 * DAY - MOMENT) is Stage.WAITING
    assert it.stage_for_applicant(NOW + 70 * DAY - MOMENT) is ApplicantStage.NO_DECISION_YET
    assert it.stage(NOW + 70 * DAY) is Stage.UNHEARD
    it.require_waiting(NOW + 20 * DAY)


@pytest.mark.hazard("B-13")
def test_b13_an_offer_holds_until_its_end_and_no_longer() -> None:
    it = offered()
    assert it.stage(EXPIRY - MOMENT) is Stage.OFFERED
    assert it.stage(EXPIRY) is Stage.OFFER_EXPIRED
    with pytest.raises(OfferExpired):
        it.enter(EXPIRY)
    it.enter(EXPIRY - MOMENT)
    assert it.stage(EXPIRY + DAY) is Stage.ENTERED


@pytest.mark.hazard("B-26")
def test_b26_voted_down_and_unheard_are_one_and_the_same_to_the_applicant() -> None:
    down, unheard = voted_down(), application()
    assert down.stage(NOW) is not unheard.stage(unheard.waits_until)
    assert down.stage_for_applicant(NOW) is unheard.stage_for_applicant(unheard.waits_until)
    assert down.ended_without_a_place_at(NOW) == NOW
    assert unheard.ended_without_a_place_at(unheard.waits_until) == unheard.waits_until
    assert lapsed().ended_without_a_place_at(NOW + 70 * DAY) == NOW + 70 * DAY


@pytest.mark.hazard("B-26")
def test_b26_whether_a_ballot_is_under_way_is_the_groups_own_matter() -> None:
    open_ballot = application(last_ballot=last_ballot(BallotStatus.OPEN))
    assert open_ballot.stage(NOW) is Stage.IN_BALLOT
    assert open_ballot.stage_for_applicant(NOW) is application().stage_for_applicant(NOW)


def test_every_stage_has_its_words_for_the_applicant() -> None:
    waiting = application()
    entered, declined, gone = offered(), offered(), application(withdrawn_at=NOW)
    entered.enter(NOW)
    declined.decline(NOW)
    assert [
        it.stage_for_applicant(NOW) for it in (waiting, offered(), entered, declined, gone, voted_down())
    ] == [
        ApplicantStage.WITH_THE_GROUP,
        ApplicantStage.PLACE_OFFERED,
        ApplicantStage.ENTERED,
        ApplicantStage.OFFER_ENDED,
        ApplicantStage.WITHDRAWN,
        ApplicantStage.NOT_THIS_TIME,
    ]


@pytest.mark.hazard("B-23")
@pytest.mark.parametrize(
    ("it", "refusal"),
    [
        (application(last_ballot=last_ballot(BallotStatus.OPEN)), BallotUnderWay),
        (application(last_ballot=last_ballot(BallotStatus.DUE)), BallotUnderWay),
        (offered(), AlreadyOffered),
        (voted_down(), ApplicationOver),
        (application(withdrawn_at=NOW), ApplicationOver),
    ],
)
def test_b23_a_ballot_opens_on_a_waiting_application_only(it: Application, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        it.require_waiting(NOW)


@pytest.mark.hazard("B-09")
@pytest.mark.parametrize("ended", [BallotStatus.LAPSED, BallotStatus.VOID])
def test_b09_after_lapsed_or_void_the_same_application_may_have_a_new_ballot(ended: BallotStatus) -> None:
    application(last_ballot=last_ballot(ended, ended_at=NOW)).require_waiting(NOW)


def test_nothing_is_entered_or_declined_that_was_not_offered() -> None:
    for it in (application(), lapsed(), voted_down()):
        with pytest.raises(NothingOffered):
            it.enter(NOW + 11 * DAY)
        with pytest.raises(NothingOffered):
            it.decline(NOW + 11 * DAY)


def test_an_answer_stands() -> None:
    it = offered()
    it.decline(NOW)
    it.decline(NOW + DAY)
    assert it.declined_at == NOW
    with pytest.raises(ApplicationOver):
        it.enter(NOW)
    with pytest.raises(ApplicationOver):
        it.withdraw(NOW)


def test_whoever_applies_takes_it_back_until_they_have_entered() -> None:
    for it in (application(), offered(), application(last_ballot=last_ballot(BallotStatus.OPEN))):
        it.withdraw(NOW)
        it.withdraw(NOW + DAY)
        assert it.withdrawn_at == NOW
    entered = offered()
    entered.enter(NOW)
    for over in (entered, voted_down()):
        with pytest.raises(ApplicationOver):
            over.withdraw(NOW)


@given(
    days=st.integers(3, 60),
    meetings=st.lists(st.integers(1, 100), max_size=6, unique=True).map(sorted),
)
def test_an_offer_ends_after_its_days_or_with_the_next_meeting_but_one(
    days: int, meetings: list[int]
) -> None:
    starts = [NOW + number * DAY for number in meetings]
    until = offer_expires_at(NOW, days, starts)
    assert until == min([NOW + days * DAY, *starts[1:2]])
    assert NOW < until <= NOW + days * DAY
