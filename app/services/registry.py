"""Services: one attribute per feature, one attribute per use case. What both ways in receive."""

from dataclasses import dataclass

from app.services.admission.accept_entry import AcceptEntry
from app.services.admission.apply import Apply
from app.services.admission.cast_vote import CastVote
from app.services.admission.decline_entry import DeclineEntry
from app.services.admission.list_applications import ListApplications
from app.services.admission.list_ballots import ListBallots
from app.services.admission.list_my_applications import ListMyApplications
from app.services.admission.list_offers import ListOffers
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.read_application import ReadApplication
from app.services.admission.read_ballot import ReadBallot
from app.services.admission.withdraw_application import WithdrawApplication
from app.services.groups.accept_place import AcceptPlace
from app.services.groups.close_for_new_people import CloseForNewPeople
from app.services.groups.decline_place import DeclinePlace
from app.services.groups.edit_group import EditGroup
from app.services.groups.form_group import FormGroup
from app.services.groups.invite_to_place import InviteToPlace
from app.services.groups.leave_group import LeaveGroup
from app.services.groups.list_groups import ListGroups
from app.services.groups.list_my_groups import ListMyGroups
from app.services.groups.list_my_invitations import ListMyInvitations
from app.services.groups.list_placements import ListPlacements
from app.services.groups.read_group import ReadGroup
from app.services.groups.sign_declaration import SignDeclaration
from app.services.groups.withdraw_invitation import WithdrawInvitation
from app.services.groups.witness_declaration import WitnessDeclaration
from app.services.guidance.list_other_help import ListOtherHelp
from app.services.guidance.read_declaration import ReadDeclaration
from app.services.intake.declare_readiness import DeclareReadiness
from app.services.intake.record_outcome import RecordOutcome
from app.services.meetings.cancel_meeting import CancelMeeting
from app.services.meetings.correct_meeting import CorrectMeeting
from app.services.meetings.list_meetings import ListMeetings
from app.services.meetings.list_upcoming import ListUpcoming
from app.services.meetings.move_meeting import MoveMeeting
from app.services.meetings.plan_meeting import PlanMeeting
from app.services.meetings.read_meeting import ReadMeeting
from app.services.organisations.adopt_policy import AdoptPolicy
from app.services.organisations.create_organisation import CreateOrganisation
from app.services.organisations.grant_role import GrantRole
from app.services.organisations.list_organisations import ListOrganisations
from app.services.organisations.list_registrations import ListRegistrations
from app.services.organisations.read_organisation import ReadOrganisation
from app.services.organisations.read_policy import ReadPolicy
from app.services.organisations.register import Register
from app.services.organisations.revoke_role import RevokeRole
from app.services.organisations.sign_for_organisation import SignForOrganisation
from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.read_me import ReadMe


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Oneself."""

    read_me: ReadMe
    introduce_myself: IntroduceMyself


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """Organisations, their policies, and who works for them."""

    list_organisations: ListOrganisations
    create_organisation: CreateOrganisation
    read_organisation: ReadOrganisation
    read_policy: ReadPolicy
    adopt_policy: AdoptPolicy
    register: Register
    sign_for_organisation: SignForOrganisation
    list_registrations: ListRegistrations
    grant_role: GrantRole
    revoke_role: RevokeRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What comes before a group."""

    record_outcome: RecordOutcome
    declare_readiness: DeclareReadiness


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Groups, places in them, declarations."""

    list_my_groups: ListMyGroups
    list_my_invitations: ListMyInvitations
    list_groups: ListGroups
    form_group: FormGroup
    read_group: ReadGroup
    edit_group: EditGroup
    list_placements: ListPlacements
    invite_to_place: InviteToPlace
    withdraw_invitation: WithdrawInvitation
    accept_place: AcceptPlace
    decline_place: DeclinePlace
    sign_declaration: SignDeclaration
    witness_declaration: WitnessDeclaration
    leave_group: LeaveGroup
    close_for_new_people: CloseForNewPeople


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Meetings of a group."""

    list_meetings: ListMeetings
    list_upcoming: ListUpcoming
    plan_meeting: PlanMeeting
    read_meeting: ReadMeeting
    move_meeting: MoveMeeting
    cancel_meeting: CancelMeeting
    correct_meeting: CorrectMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Offers, applications, ballots: the way into a closed group."""

    list_offers: ListOffers
    apply: Apply
    list_my_applications: ListMyApplications
    read_application: ReadApplication
    list_applications: ListApplications
    withdraw_application: WithdrawApplication
    accept_entry: AcceptEntry
    decline_entry: DeclineEntry
    open_ballot: OpenBallot
    read_ballot: ReadBallot
    list_ballots: ListBallots
    cast_vote: CastVote


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Words that people need at the moment."""

    read_declaration: ReadDeclaration
    list_other_help: ListOtherHelp


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that people can do."""

    people: People
    organisations: Organisations
    intake: Intake
    groups: Groups
    meetings: Meetings
    admission: Admission
    guidance: Guidance
