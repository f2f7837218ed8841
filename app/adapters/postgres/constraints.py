"""Constraint name → refusal. A named constraint is the belt behind each rule that two requests could break at once."""

from asyncpg import exceptions as pg

from app.domain.admission.errors import (
    AlreadyApplied,
    BallotNotFound,
    BallotUnderWay,
    EndTooSoon,
    NothingOffered,
    NotOnTheRoll,
    OfferExpired,
    SeatReserved,
    WordsStand,
)
from app.domain.courses.errors import AlreadySignedUp, StartUndecided
from app.domain.events.errors import WebhookKnown
from app.domain.groups.convening import OnlyConvenors
from app.domain.groups.errors import (
    AliasTaken,
    AlreadyInvited,
    AlreadyMember,
    GroundRulesNotFound,
    GroupIsClosed,
    MemberNotFound,
    NoFreeSeat,
    PlacementOver,
)
from app.domain.intake.errors import AssessmentUnderWay
from app.domain.meetings.errors import MeetingHasStarted
from app.domain.organisations.organisation import NotRegistered, OrganisationNotFound
from app.domain.people.person import NotIntroduced
from app.domain.shared.errors import DomainError, Stale
from app.domain.starters.errors import (
    AssignmentNotFound,
    HelperStaysOutside,
    NotAssignable,
    NotForThisGroup,
    NothingLeftToReplace,
    OnlyShorter,
    VisitNotPossible,
)
from app.domain.systems.errors import SystemKnown
from app.domain.volunteers.errors import AlreadyCorrected, HasPartner

REFUSALS: dict[str, type[DomainError]] = {
    "pk_seat": SeatReserved,
    "uq_system_account_login": SystemKnown,
    "uq_webhook_url": WebhookKnown,
    "ck_seat_number": NoFreeSeat,
    "uq_membership_alias": AliasTaken,
    "uq_membership_alias_looks": AliasTaken,
    "uq_membership_live": AlreadyMember,
    "uq_membership_placement": AlreadyMember,
    "uq_membership_ballot": AlreadyMember,
    "fk_membership_adopted_ballot": NothingOffered,
    "closed_group": GroupIsClosed,
    "convenors_compose": OnlyConvenors,
    "fk_waiting_registration": NotRegistered,
    "accepted_placement": PlacementOver,
    "standing_offer": OfferExpired,
    "words_stand": WordsStand,
    "begun_meeting": MeetingHasStarted,
    "uq_placement_live": AlreadyInvited,
    "fk_placement_registration": NotRegistered,
    "fk_registration_person": NotIntroduced,  # gone in this very moment
    "fk_affiliation_person": NotIntroduced,
    "fk_identity_person": NotIntroduced,
    "fk_idempotency_person": NotIntroduced,
    "fk_role_grant_registration": NotRegistered,
    "fk_intake_outcome_registration": NotRegistered,
    "fk_application_registration": NotRegistered,
    "fk_interest_registration": NotRegistered,
    "fk_volunteer_registration": NotRegistered,
    "uq_training_entry_corrects": AlreadyCorrected,
    "uq_volunteer_partner": HasPartner,
    "uq_assessment_live": AssessmentUnderWay,
    "pk_intake_criteria": Stale,
    "pk_volunteer_criteria": Stale,
    "fk_registration_organisation": OrganisationNotFound,
    "fk_affiliation_organisation": OrganisationNotFound,
    "uq_application_live": AlreadyApplied,
    "uq_ballot_live_application": BallotUnderWay,
    "uq_ballot_live_question": BallotUnderWay,
    "uq_ballot_live_member": BallotUnderWay,
    "uq_ballot_live_stay": BallotUnderWay,
    "fk_ballot_assignment": AssignmentNotFound,
    "fk_ballot_member": MemberNotFound,
    "fk_ballot_ground_rules": GroundRulesNotFound,
    "ck_ballot_end_after_closing": EndTooSoon,
    "fk_envelope_roll": NotOnTheRoll,
    "fk_ballot_roll_ballot": BallotNotFound,
    "ck_course_start_decided": StartUndecided,
    "uq_course_sign_up_person": AlreadySignedUp,
    "fk_course_sign_up_registration": NotRegistered,
    "helper_stays_outside": HelperStaysOutside,
    "member_never_helps": NotForThisGroup,
    "uq_starter_assignment_person": NotForThisGroup,
    "fk_starter_assignment_registration": NotAssignable,
    "uq_starter_assignment_replaces": NothingLeftToReplace,
    "only_shorter": OnlyShorter,
    "uq_starter_visit_live": VisitNotPossible,
    "pk_policy": Stale,
    "uq_policy_effective_from": Stale,
}


def refusal_for(error: pg.IntegrityConstraintViolationError) -> DomainError | None:
    """The refusal that a broken constraint means, or None for one that nobody should ever meet."""
    name = error.constraint_name or ""
    refusal = REFUSALS.get(name)
    return refusal() if refusal is not None else None
