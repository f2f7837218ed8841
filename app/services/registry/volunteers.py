"""The use cases of volunteers."""

from dataclasses import dataclass

from app.services.volunteers.accept_partner import AcceptPartner
from app.services.volunteers.adopt_held_criteria import AdoptHeldCriteria
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteers:
    """Volunteers, and what they have been trained in."""

    offer_to_volunteer: OfferToVolunteer
    read_my_volunteering: ReadMyVolunteering
    list_my_volunteering: ListMyVolunteering
    list_my_training: ListMyTraining
    resign_as_volunteer: ResignAsVolunteer
    return_as_volunteer: ReturnAsVolunteer
    erase_my_volunteering: EraseMyVolunteering
    propose_partner: ProposePartner
    accept_partner: AcceptPartner
    part_from_partner: PartFromPartner
    list_volunteers: ListVolunteers
    read_volunteer: ReadVolunteer
    list_training: ListTraining
    record_training: RecordTraining
    list_outlook: ListOutlook
    read_criteria: ReadCriteria
    read_held_criteria: ReadHeldCriteria
    adopt_held_criteria: AdoptHeldCriteria
