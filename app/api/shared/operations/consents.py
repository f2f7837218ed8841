"""Consents, and the ways of reaching somebody that rest on them."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.inputs import TextLanguage
from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import Line, StrictModel
from app.domain.organisations.organisation import NotRegistered, OrganisationNotFound
from app.domain.people.consent import ConsentNeeded, ConsentNotFound, ConsentTextChanged, Purpose, ReadText
from app.domain.people.contact import ContactKind, ContactNotFound, NoSuchContact
from app.domain.people.national_id import NationalIdGiven
from app.services.people.consent_views import ConsentTextView, ConsentView, WithdrawalView
from app.services.people.contact_views import ContactView
from app.services.people.give_consent import GiveConsent
from app.services.people.keep_contact import KeepContact
from app.services.people.list_consent_texts import ListConsentTexts
from app.services.people.list_my_consents import ListMyConsents
from app.services.people.list_my_contacts import ListMyContacts
from app.services.people.read_consent import ReadConsent
from app.services.people.remove_contact import RemoveContact
from app.services.people.withdraw_consent import WithdrawConsent

_CONSENTS = "/v1/organisations/{organisation_id}/my-consents"
_CONTACTS = "/v1/organisations/{organisation_id}/my-contacts"


class ConsentTextFilter(StrictModel):
    """In which language."""

    language: Annotated[
        TextLanguage | None, Field(description="Language of the texts; default: that of the request.")
    ] = None


class ReadTextIn(Part):
    """The words that you have read."""

    DOMAIN = ReadText

    text_version: Annotated[
        str,
        Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z.-]+$", description="Version of the text."),
    ]
    language: TextLanguage
    text_sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64, description="Hash of the text, as it was read.")
    ]


class GiveConsentIn(StrictModel):
    """Your yes to one purpose."""

    read: ReadTextIn


class KeepContactIn(StrictModel):
    """How you can be reached."""

    value: Annotated[
        Line,
        Field(
            max_length=254,
            description="An e-mail address, or a telephone number: with `+` and its country, or eight digits.",
        ),
    ]


OPERATIONS = (
    Operation(
        name="list_consent_texts",
        feature="people",
        use=lambda services: services.people.list_consent_texts,
        use_case=ListConsentTexts,
        method="GET",
        path="/v1/consent-texts",
        gives=ConsentTextView,
        shape=Shape.LIST,
        filters=ConsentTextFilter,
        is_public=True,
    ),
    Operation(
        name="list_my_consents",
        feature="people",
        use=lambda services: services.people.list_my_consents,
        use_case=ListMyConsents,
        method="GET",
        path=_CONSENTS,
        gives=ConsentView,
        shape=Shape.PAGE,
        refuses=(NotRegistered, OrganisationNotFound),
    ),
    Operation(
        name="read_consent",
        feature="people",
        use=lambda services: services.people.read_consent,
        use_case=ReadConsent,
        method="GET",
        path="/v1/consents/{consent_id}",
        gives=ConsentView,
        refuses=(ConsentNotFound,),
    ),
    Operation(
        name="give_consent",
        feature="people",
        use=lambda services: services.people.give_consent,
        use_case=GiveConsent,
        method="PUT",
        path=f"{_CONSENTS}/{{purpose}}",
        path_types={"purpose": Purpose},
        gives=ConsentView,
        takes=GiveConsentIn,
        refuses=(NotRegistered, ConsentTextChanged),
    ),
    Operation(
        name="withdraw_consent",
        feature="people",
        use=lambda services: services.people.withdraw_consent,
        use_case=WithdrawConsent,
        method="DELETE",
        path=f"{_CONSENTS}/{{purpose}}",
        path_types={"purpose": Purpose},
        gives=WithdrawalView,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="list_my_contacts",
        feature="people",
        use=lambda services: services.people.list_my_contacts,
        use_case=ListMyContacts,
        method="GET",
        path=_CONTACTS,
        gives=ContactView,
        shape=Shape.LIST,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="keep_contact",
        feature="people",
        use=lambda services: services.people.keep_contact,
        use_case=KeepContact,
        method="PUT",
        path=f"{_CONTACTS}/{{kind}}",
        path_types={"kind": ContactKind},
        gives=ContactView,
        takes=KeepContactIn,
        refuses=(NotRegistered, ConsentNeeded, NationalIdGiven, NoSuchContact),
    ),
    Operation(
        name="remove_contact",
        feature="people",
        use=lambda services: services.people.remove_contact,
        use_case=RemoveContact,
        method="DELETE",
        path=f"{_CONTACTS}/{{kind}}",
        path_types={"kind": ContactKind},
        gives=ContactView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(ContactNotFound,),
    ),
)
