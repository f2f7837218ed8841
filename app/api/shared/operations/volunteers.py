"""Volunteers and their training."""

from app.api.shared.limits import Limited
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.operations.volunteer_inputs import (
    AcceptPartnerIn,
    AdoptHeldCriteriaIn,
    AsOfFilter,
    HeldCriteriaFilter,
    OfferToVolunteerIn,
    OutlookFilter,
    RecordTrainingIn,
    VolunteerFilter,
)
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import NotRegistered, NotStaff, OrganisationNotFound
from app.domain.volunteers.errors import (
    AlreadyCorrected,
    EntryDoesNotFit,
    EntryInTheFuture,
    EntryNotFound,
    HasNotResigned,
    HasPartner,
    HasResigned,
    NoPartner,
    NotProposed,
    OwnProposal,
    OwnTraining,
    QualitiesMissing,
    QualityNeeded,
    ResignFirst,
    TheirsToSay,
    UnknownCriteria,
    VolunteerNotFound,
)
from app.services.volunteers.accept_partner import AcceptPartner
from app.services.volunteers.adopt_held_criteria import AdoptHeldCriteria
from app.services.volunteers.criteria_views import CriteriaView, HeldCriteriaView
from app.services.volunteers.erase_my_volunteering import EraseMyVolunteering
from app.services.volunteers.list_my_training import ListMyTraining
from app.services.volunteers.list_my_volunteering import ListMyVolunteering
from app.services.volunteers.list_outlook import ListOutlook
from app.services.volunteers.list_training import ListTraining
from app.services.volunteers.list_volunteers import ListVolunteers
from app.services.volunteers.offer_to_volunteer import OfferToVolunteer
from app.services.volunteers.part_from_partner import PartFromPartner
from app.services.volunteers.propose_partner import ProposePartner
from app.services.volunteers.read_criteria import ReadCriteria
from app.services.volunteers.read_held_criteria import ReadHeldCriteria
from app.services.volunteers.read_my_volunteering import ReadMyVolunteering
from app.services.volunteers.read_volunteer import ReadVolunteer
from app.services.volunteers.record_training import RecordTraining
from app.services.volunteers.resign_as_volunteer import ResignAsVolunteer
from app.services.volunteers.return_as_volunteer import ReturnAsVolunteer
from app.services.volunteers.views import (
    PartnerProposalView,
    TrainingEntryView,
    VolunteerOutlookView,
    VolunteerView,
)

_HERE = "/v1/organisations/{organisation_id}"
_MINE = f"{_HERE}/my-volunteering"
_THEIRS = f"{_HERE}/volunteers/{{person_id}}"
_STAFF = (NotStaff, StaffDeclarationNeeded)
OPERATIONS = (
    Operation(
        name="offer_to_volunteer",
        feature="volunteers",
        use=lambda services: services.volunteers.offer_to_volunteer,
        use_case=OfferToVolunteer,
        method="PUT",
        path=_MINE,
        gives=VolunteerView,
        takes=OfferToVolunteerIn,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="read_my_volunteering",
        feature="volunteers",
        use=lambda services: services.volunteers.read_my_volunteering,
        use_case=ReadMyVolunteering,
        method="GET",
        path=_MINE,
        gives=VolunteerView,
        filters=AsOfFilter,
        refuses=(VolunteerNotFound,),
    ),
    Operation(
        name="list_my_volunteering",
        feature="volunteers",
        use=lambda services: services.volunteers.list_my_volunteering,
        use_case=ListMyVolunteering,
        method="GET",
        path="/v1/me/volunteering",
        gives=VolunteerView,
        shape=Shape.LIST,
    ),
    Operation(
        name="list_my_training",
        feature="volunteers",
        use=lambda services: services.volunteers.list_my_training,
        use_case=ListMyTraining,
        method="GET",
        path=f"{_MINE}/entries",
        gives=TrainingEntryView,
        shape=Shape.PAGE,
        refuses=(VolunteerNotFound,),
    ),
    Operation(
        name="resign_as_volunteer",
        feature="volunteers",
        use=lambda services: services.volunteers.resign_as_volunteer,
        use_case=ResignAsVolunteer,
        method="POST",
        path=f"{_MINE}/resignation",
        gives=VolunteerView,
        refuses=(VolunteerNotFound, HasResigned),
        idempotent_by_key=True,
    ),
    Operation(
        name="return_as_volunteer",
        feature="volunteers",
        use=lambda services: services.volunteers.return_as_volunteer,
        use_case=ReturnAsVolunteer,
        method="POST",
        path=f"{_MINE}/return",
        gives=VolunteerView,
        refuses=(VolunteerNotFound, HasNotResigned),
        idempotent_by_key=True,
    ),
    Operation(
        name="erase_my_volunteering",
        feature="volunteers",
        use=lambda services: services.volunteers.erase_my_volunteering,
        use_case=EraseMyVolunteering,
        method="DELETE",
        path=_MINE,
        gives=VolunteerView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(VolunteerNotFound, ResignFirst),
    ),
    Operation(
        name="propose_partner",
        feature="volunteers",
        use=lambda services: services.volunteers.propose_partner,
        use_case=ProposePartner,
        method="POST",
        path=f"{_MINE}/partner-proposal",
        gives=PartnerProposalView,
        status=201,
        refuses=(VolunteerNotFound, HasResigned, HasPartner),
        idempotent_by_key=True,
    ),
    Operation(
        name="accept_partner",
        limited=Limited.GUESSING,
        feature="volunteers",
        use=lambda services: services.volunteers.accept_partner,
        use_case=AcceptPartner,
        method="POST",
        path=f"{_MINE}/partner",
        gives=VolunteerView,
        takes=AcceptPartnerIn,
        refuses=(VolunteerNotFound, NotProposed, OwnProposal, HasPartner, HasResigned),
        idempotent_by_key=True,
    ),
    Operation(
        name="part_from_partner",
        feature="volunteers",
        use=lambda services: services.volunteers.part_from_partner,
        use_case=PartFromPartner,
        method="DELETE",
        path=f"{_MINE}/partner",
        gives=VolunteerView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(VolunteerNotFound, NoPartner),
    ),
    Operation(
        name="list_volunteers",
        feature="volunteers",
        use=lambda services: services.volunteers.list_volunteers,
        use_case=ListVolunteers,
        method="GET",
        path=f"{_HERE}/volunteers",
        gives=VolunteerView,
        shape=Shape.PAGE,
        filters=VolunteerFilter,
        refuses=_STAFF,
    ),
    Operation(
        name="list_volunteer_outlook",
        limited=Limited.EXPENSIVE,
        feature="volunteers",
        use=lambda services: services.volunteers.list_outlook,
        use_case=ListOutlook,
        method="GET",
        path=f"{_HERE}/volunteer-outlook",
        gives=VolunteerOutlookView,
        shape=Shape.PAGE,
        filters=OutlookFilter,
        refuses=_STAFF,
    ),
    Operation(
        name="read_volunteer",
        feature="volunteers",
        use=lambda services: services.volunteers.read_volunteer,
        use_case=ReadVolunteer,
        method="GET",
        path=_THEIRS,
        gives=VolunteerView,
        filters=AsOfFilter,
        refuses=(*_STAFF, VolunteerNotFound),
    ),
    Operation(
        name="list_training",
        feature="volunteers",
        use=lambda services: services.volunteers.list_training,
        use_case=ListTraining,
        method="GET",
        path=f"{_THEIRS}/entries",
        gives=TrainingEntryView,
        shape=Shape.PAGE,
        refuses=(*_STAFF, VolunteerNotFound),
    ),
    Operation(
        name="record_training",
        feature="volunteers",
        use=lambda services: services.volunteers.record_training,
        use_case=RecordTraining,
        method="POST",
        path=f"{_THEIRS}/entries",
        gives=TrainingEntryView,
        takes=RecordTrainingIn,
        status=201,
        refuses=(
            *_STAFF,
            VolunteerNotFound,
            OwnTraining,
            TheirsToSay,
            EntryDoesNotFit,
            EntryInTheFuture,
            QualitiesMissing,
            EntryNotFound,
            AlreadyCorrected,
            HasResigned,
        ),
        idempotent_by_key=True,
    ),
    Operation(
        name="read_volunteer_criteria",
        feature="volunteers",
        use=lambda services: services.volunteers.read_criteria,
        use_case=ReadCriteria,
        method="GET",
        path="/v1/volunteer-criteria",
        gives=CriteriaView,
        is_public=True,
    ),
    Operation(
        name="read_held_volunteer_criteria",
        feature="volunteers",
        use=lambda services: services.volunteers.read_held_criteria,
        use_case=ReadHeldCriteria,
        method="GET",
        path="/v1/organisations/{organisation_id}/volunteer-criteria",
        gives=HeldCriteriaView,
        filters=HeldCriteriaFilter,
        refuses=(OrganisationNotFound, UnknownCriteria),
        is_public=True,
    ),
    Operation(
        name="adopt_volunteer_criteria",
        feature="volunteers",
        use=lambda services: services.volunteers.adopt_held_criteria,
        use_case=AdoptHeldCriteria,
        method="PUT",
        path="/v1/organisations/{organisation_id}/volunteer-criteria",
        gives=HeldCriteriaView,
        takes=AdoptHeldCriteriaIn,
        refuses=(NotStaff, QualityNeeded),
        read_before="read_held_volunteer_criteria",
    ),
)
