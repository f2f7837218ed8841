"""The use cases of people."""

from dataclasses import dataclass

from app.services.people.give_consent import GiveConsent
from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.keep_contact import KeepContact
from app.services.people.lift_my_protection import LiftMyProtection
from app.services.people.list_consent_texts import ListConsentTexts
from app.services.people.list_my_accesses import ListMyAccesses
from app.services.people.list_my_consents import ListMyConsents
from app.services.people.list_my_contacts import ListMyContacts
from app.services.people.protect_my_identity import ProtectMyIdentity
from app.services.people.read_consent import ReadConsent
from app.services.people.read_me import ReadMe
from app.services.people.remove_contact import RemoveContact
from app.services.people.withdraw_consent import WithdrawConsent


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Oneself, and what one has agreed to."""

    read_me: ReadMe
    introduce_myself: IntroduceMyself
    list_consent_texts: ListConsentTexts
    list_my_consents: ListMyConsents
    read_consent: ReadConsent
    give_consent: GiveConsent
    withdraw_consent: WithdrawConsent
    list_my_contacts: ListMyContacts
    keep_contact: KeepContact
    remove_contact: RemoveContact
    protect_my_identity: ProtectMyIdentity
    lift_my_protection: LiftMyProtection
    list_my_accesses: ListMyAccesses
