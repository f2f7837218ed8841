"""The use cases of volunteers, wired."""

from app.bootstrap.kit import Kit
from app.services.registry import Volunteers
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


def volunteers(kit: Kit) -> Volunteers:
    """Each use case with the ports that it names."""
    return Volunteers(
        offer_to_volunteer=OfferToVolunteer(kit.transact, kit.words),
        read_my_volunteering=ReadMyVolunteering(kit.transact, kit.words),
        list_my_volunteering=ListMyVolunteering(kit.transact, kit.words, kit.personal.my_organisations),
        list_my_training=ListMyTraining(kit.transact),
        resign_as_volunteer=ResignAsVolunteer(kit.transact, kit.words),
        return_as_volunteer=ReturnAsVolunteer(kit.transact, kit.words),
        erase_my_volunteering=EraseMyVolunteering(kit.transact),
        propose_partner=ProposePartner(kit.transact),
        accept_partner=AcceptPartner(kit.transact, kit.words),
        part_from_partner=PartFromPartner(kit.transact),
        list_volunteers=ListVolunteers(kit.transact, kit.words),
        read_volunteer=ReadVolunteer(kit.transact, kit.words),
        list_training=ListTraining(kit.transact),
        record_training=RecordTraining(kit.transact),
        list_outlook=ListOutlook(kit.transact, kit.words),
        read_criteria=ReadCriteria(kit.words),
        read_held_criteria=ReadHeldCriteria(kit.transact, kit.words),
        adopt_held_criteria=AdoptHeldCriteria(kit.transact, kit.words),
    )
