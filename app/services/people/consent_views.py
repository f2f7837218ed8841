"""What is shown of consents: to the person who has given them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.people.consent import Consent, ConsentMethod, DataClass, Purpose
from app.domain.shared.ids import ConsentId, GroupId, OrganisationId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTextView:
    """What you would consent to: the words of one purpose that hold now. Not to consent costs you nothing else."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    purpose: Purpose
    """What for."""
    data_classes: list[DataClass]
    """Which sorts of data it is about."""
    version: str
    """Version of the text; send it back when you consent."""
    language: str
    """Language of the text; send it back when you consent."""
    sha256: str
    """Hash of the exact text (version, title and paragraphs, joined by blank lines); send it back when you consent."""
    title: str
    """Its title."""
    paragraphs: list[str]
    """Its paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """The receipt of a consent of yours (ISO/IEC TS 27560). Receipts are never edited."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: ConsentId
    """Id of the receipt."""
    controller_id: OrganisationId
    """Who answers for what is done with the data: the organisation."""
    controller: str
    """Its name."""
    purpose: Purpose
    """What for; one purpose each."""
    data_classes: list[DataClass]
    """Which sorts of data it is about. All of them can tell of health (GDPR art. 9)."""
    text_version: str
    """Version of the words that you had read."""
    text_sha256: str
    """Their hash."""
    language: str
    """Their language."""
    method: ConsentMethod
    """How you gave it."""
    given_at: datetime
    """When you gave it, UTC."""
    withdrawn_at: datetime | None
    """When you took it back, UTC; null as long as it stands."""
    stands: bool
    """Whether it holds."""

    @staticmethod
    def of(consent: Consent, controller: str) -> "ConsentView":
        """The receipt, for the person alone."""
        return ConsentView(
            id=consent.id,
            controller_id=consent.organisation_id,
            controller=controller,
            purpose=consent.purpose,
            data_classes=list(consent.data_classes),
            text_version=consent.text_version,
            text_sha256=consent.text_sha256,
            language=consent.language,
            method=consent.method,
            given_at=consent.given_at,
            withdrawn_at=consent.withdrawn_at,
            stands=consent.stands,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalView:
    """You have taken it back; it holds from now on. Nobody asks why."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    purpose: Purpose
    """What for."""
    withdrawn_at: datetime
    """When, UTC."""
    receipt: ConsentView | None
    """The receipt of what stood until now; null where none stood by itself."""
    left_groups: list[GroupId]
    """Groups that you have left with it; only where you took back that you take part."""
    contacts_removed: int
    """How many ways of reaching you have been removed with it, as nothing keeps them any more."""
    message: str
    """What follows from it, and what else you can ask for, in your language."""
