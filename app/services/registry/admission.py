"""The use cases of admission."""

from dataclasses import dataclass

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
    correct_application: CorrectApplication
