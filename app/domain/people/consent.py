"""Consents: one purpose each, given by the person, and taken back as easily as they were given (GDPR art. 7, 9(2)(a)).

A consent is its own receipt, in the sense of ISO/IEC TS 27560: who answers for it, what for, which sorts of data, under
which words, when given and when taken back. It is never edited: what ends, ends for good; giving again makes a new one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import ConsentId, OrganisationId, PersonId


class Purpose(StrEnum):
    """What somebody can consent to. A closed list: nothing else is done because of a consent."""

    TAKING_PART = "taking_part"
    """That the organisation keeps that one takes part, and in which group."""
    CONTACT_ABOUT_GROUP = "contact_about_group"
    """Being reached about one's own group."""
    CONTACT_ABOUT_INTAKE = "contact_about_intake"
    """Being reached by whoever arranges or holds one's conversation before a group."""
    INTRODUCTION_TO_GROUP = "introduction_to_group"
    """Showing one's own introduction to the group that one applies to."""
    MESSAGES_ABOUT_INTAKE = "messages_about_intake"
    """Getting messages about one's own conversation before a group: by the service, and no person reads the address."""
    MESSAGES_ABOUT_HELPING = "messages_about_helping"
    """Getting messages about what one does as a volunteer."""
    MESSAGES_ABOUT_DUTIES = "messages_about_duties"
    """Getting messages about what one looks after for the organisation."""


class DataClass(StrEnum):
    """Sorts of data that a consent is about."""

    CONTACT = "contact"
    TAKING_PART = "taking_part"
    APPOINTMENT = "appointment"
    INTRODUCTION = "introduction"
    HELPING = "helping"
    DUTIES = "duties"


class ConsentMethod(StrEnum):
    """How it was given."""

    IN_APP = "in_app"
    """By the person's own call, signed in, with the hash of the words that they had read."""


CLASSES: dict[Purpose, tuple[DataClass, ...]] = {
    Purpose.TAKING_PART: (DataClass.TAKING_PART,),
    Purpose.CONTACT_ABOUT_GROUP: (DataClass.CONTACT, DataClass.TAKING_PART),
    Purpose.CONTACT_ABOUT_INTAKE: (DataClass.CONTACT, DataClass.APPOINTMENT),
    Purpose.INTRODUCTION_TO_GROUP: (DataClass.INTRODUCTION,),
    Purpose.MESSAGES_ABOUT_INTAKE: (DataClass.CONTACT, DataClass.APPOINTMENT),
    Purpose.MESSAGES_ABOUT_HELPING: (DataClass.CONTACT, DataClass.HELPING),
    Purpose.MESSAGES_ABOUT_DUTIES: (DataClass.CONTACT, DataClass.DUTIES),
}
"""Which sorts of data each purpose is about. Each of them tells of health in this service (GDPR art. 9), but for what
one does for the organisation."""
FOR_CONTACT = frozenset(
    {
        Purpose.CONTACT_ABOUT_GROUP,
        Purpose.CONTACT_ABOUT_INTAKE,
        Purpose.MESSAGES_ABOUT_INTAKE,
        Purpose.MESSAGES_ABOUT_HELPING,
        Purpose.MESSAGES_ABOUT_DUTIES,
    }
)
"""What a way of reaching somebody is kept for; without any of these it isn't kept."""


def shows_contact_to_staff(standing: Collection[Purpose], *, is_protected: bool) -> bool:
    """Whether whoever holds or arranges somebody's conversation may see how they are reached: under the consent to just
    that and under no other, and never where their identity is protected. For all else only the service uses it."""
    return Purpose.CONTACT_ABOUT_INTAKE in standing and not is_protected


class ConsentTextChanged(DomainError):
    """The consent names other words than those that hold now; nobody consents to what they haven't read."""

    kind, code = Kind.CONFLICT, "people.consent_text_changed"


class ConsentNotFound(DomainError):
    """There is no such consent of yours."""

    kind, code = Kind.NOT_FOUND, "people.consent_not_found"


class ConsentNeeded(DomainError):
    """This is kept because of a consent, and none for it stands."""

    kind, code = Kind.CONFLICT, "people.consent_needed"

    def __init__(self, purposes: Collection[Purpose], /, **facts: str | int) -> None:
        super().__init__(**facts)
        self.purposes = tuple(sorted(purposes))


class MessageConsentNeeded(ConsentNeeded):
    """This kind of messages rests on a consent, and none for it stands; `consents` are their titles, for the reader."""

    code = "messages.consent_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """The words that somebody says they have read, by version, language and hash."""

    text_version: str
    language: str
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText:
    """The words of one purpose that hold now, in one language."""

    purpose: Purpose
    version: str
    language: str
    sha256: str

    def require_read(self, read: ReadText) -> None:
        """Refuse a consent under any other words."""
        if (read.text_version, read.language, read.text_sha256) != (
            self.version,
            self.language,
            self.sha256,
        ):
            raise ConsentTextChanged


@dataclass(slots=True, kw_only=True)
class Consent:
    """One consent of one person towards one organisation, which answers for what is done (the controller)."""

    id: ConsentId
    organisation_id: OrganisationId
    person_id: PersonId
    purpose: Purpose
    data_classes: tuple[DataClass, ...]
    text_version: str
    language: str
    text_sha256: str
    method: ConsentMethod
    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def stands(self) -> bool:
        """Whether it holds."""
        return self.withdrawn_at is None

    def is_under(self, text: ConsentText) -> bool:
        """Whether it was given under exactly these words."""
        words = (self.text_version, self.language, self.text_sha256)
        return words == (text.version, text.language, text.sha256)

    def withdraw(self, now: datetime) -> None:
        """Taken back; again changes nothing, and it never comes back to life."""
        if self.withdrawn_at is None:
            self.withdrawn_at = now
