"""The use cases of people, wired."""

from app.bootstrap.kit import Kit
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
from app.services.registry import People


def people(kit: Kit) -> People:
    """Each use case with the ports that it names."""
    return People(
        read_me=ReadMe(kit.personal, kit.transact, kit.words),
        introduce_myself=IntroduceMyself(kit.personal),
        list_consent_texts=ListConsentTexts(kit.consents),
        list_my_consents=ListMyConsents(kit.transact),
        read_consent=ReadConsent(kit.transact),
        give_consent=GiveConsent(kit.transact, kit.consents),
        withdraw_consent=WithdrawConsent(kit.transact, kit.consents, kit.count),
        list_my_contacts=ListMyContacts(kit.transact, kit.vault),
        keep_contact=KeepContact(kit.transact, kit.vault),
        remove_contact=RemoveContact(kit.transact),
        protect_my_identity=ProtectMyIdentity(kit.personal),
        lift_my_protection=LiftMyProtection(kit.personal),
        list_my_accesses=ListMyAccesses(kit.personal.about_me, kit.transact),
    )
