"""The use cases of admission, wired."""

from app.bootstrap.kit import Kit
from app.services.admission.accept_entry import AcceptEntry
from app.services.admission.apply import Apply
from app.services.admission.cast_vote import CastVote
from app.services.admission.correct_application import CorrectApplication
from app.services.admission.decline_entry import DeclineEntry
from app.services.admission.list_applications import ListApplications
from app.services.admission.list_ballots import ListBallots
from app.services.admission.list_my_applications import ListMyApplications
from app.services.admission.list_offers import ListOffers
from app.services.admission.open_ballot import OpenBallot
from app.services.admission.read_application import ReadApplication
from app.services.admission.read_ballot import ReadBallot
from app.services.admission.withdraw_application import WithdrawApplication
from app.services.registry import Admission


def admission(kit: Kit) -> Admission:
    """Each use case with the ports that it names."""
    return Admission(
        list_offers=ListOffers(kit.transact),
        apply=Apply(kit.transact, kit.words),
        list_my_applications=ListMyApplications(kit.transact, kit.personal.my_organisations, kit.words),
        read_application=ReadApplication(kit.transact, kit.words),
        list_applications=ListApplications(kit.transact),
        withdraw_application=WithdrawApplication(kit.transact, kit.keys, kit.words),
        accept_entry=AcceptEntry(kit.transact, kit.keys, kit.words),
        decline_entry=DeclineEntry(kit.transact, kit.words),
        open_ballot=OpenBallot(kit.transact, kit.keys, kit.words),
        read_ballot=ReadBallot(kit.transact, kit.words),
        list_ballots=ListBallots(kit.transact, kit.words),
        cast_vote=CastVote(kit.transact, kit.envelopes, kit.count, kit.words),
        correct_application=CorrectApplication(kit.transact, kit.words),
    )
