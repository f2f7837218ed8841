"""What is shown of messages: to whom they are for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.domain.messages.kind import KINDS, MessageKind
from app.domain.messages.message import Message, MessageState
from app.domain.people.consent import Purpose
from app.domain.shared.ids import MessageId, OrganisationId
from app.services.messages.ports import Reader
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageChoiceView:
    """One kind of messages, and whether you get it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    kind: MessageKind
    """The kind."""
    title: str
    """What it tells you, in your language."""
    rests_on: list[Purpose]
    """What you have to have consented to; one of them is enough."""
    may_choose: bool
    """Whether you have consented to one of them."""
    chosen: bool
    """Whether you have chosen it."""
    chosen_at: datetime | None
    """Since when, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettingsView:
    """Which messages you get from an organisation, in which language, and when not."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    kinds: list[MessageChoiceView]
    """All kinds that there are."""
    language: str
    """The language that they are written in: nb, nn, da or en."""
    time_zone: str
    """The zone of your clock."""
    quiet_from: str | None
    """From when on you don't want to be disturbed, by your clock (`21:00`); null: never quiet."""
    quiet_until: str | None
    """Until when."""
    has_address: bool
    """Whether you have given an e-mail address. Without one, nothing reaches you."""

    @staticmethod
    def of(
        organisation: OrganisationId,
        reader: Reader,
        chosen: Mapping[MessageKind, datetime],
        consented: frozenset[Purpose],
        words: Words,
        *,
        language: str,
        has_address: bool,
    ) -> "MessageSettingsView":
        """For the person alone; `language` is that of the asking."""
        settings = reader.settings
        return MessageSettingsView(
            organisation_id=organisation,
            kinds=[
                MessageChoiceView(
                    kind=kind,
                    title=words.say("messages", f"kinds.{kind}", language),
                    rests_on=sorted(rules.purposes),
                    may_choose=bool(rules.purposes & consented),
                    chosen=kind in chosen,
                    chosen_at=chosen.get(kind),
                )
                for kind, rules in KINDS.items()
            ],
            language=reader.language,
            time_zone=reader.zone,
            quiet_from=None if settings.quiet_from is None else settings.quiet_from.isoformat("minutes"),
            quiet_until=None if settings.quiet_until is None else settings.quiet_until.isoformat("minutes"),
            has_address=has_address,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message to you: that it was sent, and what it was about. What it said isn't kept: it says the same to all."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: MessageId
    """Id of the message: what stands in its link."""
    organisation_id: OrganisationId
    """The organisation."""
    kind: MessageKind
    """The kind."""
    subject_id: UUID
    """Id of what it was about: of the meeting, ballot, application, group, place, visit, conversation or organisation."""
    due_at: datetime
    """When it was due, UTC."""
    state: MessageState
    """What has become of it."""
    sent_at: datetime | None
    """When a mail server has taken it, UTC."""

    @staticmethod
    def of(message: Message, now: datetime) -> "MessageView":
        """For the person alone."""
        return MessageView(
            id=message.id,
            organisation_id=message.organisation_id,
            kind=message.kind,
            subject_id=message.subject_id,
            due_at=message.due_at,
            state=message.state(now),
            sent_at=message.sent_at,
        )
