"""Messages: how people want them, which kinds they have chosen, and what was sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Text,
    Uuid,
    and_,
    delete,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.organisations import ORGANISATION
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.messages import MessageChoiceRow, MessageRow, MessageSettingRow
from app.adapters.postgres.tables.people import PersonRow
from app.adapters.postgres.work import Work
from app.domain.messages.kind import MessageKind
from app.domain.messages.message import Message
from app.domain.messages.occasion import Occasion
from app.domain.messages.settings import USUAL_QUIET, MessageSettings
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.ids import MessageId, PersonId
from app.services.messages.ports import Reader

SETTING = col.table_of(MessageSettingRow)
CHOICE = col.table_of(MessageChoiceRow)
MESSAGE = col.table_of(MessageRow)
PERSON = col.table_of(PersonRow)
MESSAGES = Mapper(Message, MESSAGE)
_WANTS = ("language", "time_zone", "quiet_from", "quiet_until")


def _whose(table: Any) -> Any:
    return and_(table.c.organisation_id == p("organisation_id"), table.c.person_id == p("person_id"))


_READER = Statement(
    select(
        service_clock().label("clock"),
        REGISTRATION.c.is_protected,
        ORGANISATION.c.time_zone.label("zone"),
        PERSON.c.languages,
        SETTING.c.person_id.label("has_said"),
        *(SETTING.c[name] for name in _WANTS),
    )
    .select_from(
        REGISTRATION.join(ORGANISATION, ORGANISATION.c.id == REGISTRATION.c.organisation_id)
        .join(PERSON, PERSON.c.id == REGISTRATION.c.person_id)
        .outerjoin(
            SETTING,
            and_(
                SETTING.c.organisation_id == REGISTRATION.c.organisation_id,
                SETTING.c.person_id == REGISTRATION.c.person_id,
            ),
        )
    )
    .where(_whose(REGISTRATION))
)
_NEW_SETTING = insert(SETTING).values({column.name: p(column.name) for column in SETTING.columns})
_PUT_SETTINGS = Statement(
    _NEW_SETTING.on_conflict_do_update(
        constraint="pk_message_setting", set_={name: _NEW_SETTING.excluded[name] for name in _WANTS}
    )
)
_BEGIN_LOOKING = Statement(
    _NEW_SETTING.on_conflict_do_update(
        constraint="pk_message_setting", set_={"look_at": _NEW_SETTING.excluded.look_at}
    )
)
_CHOSEN = Statement(select(CHOICE.c.kind, CHOICE.c.chosen_at).where(_whose(CHOICE)))
_CHOOSE = Statement(
    insert(CHOICE)
    .values({column.name: p(column.name) for column in CHOICE.columns})
    .on_conflict_do_nothing(constraint="pk_message_choice")
)
_DROP = Statement(delete(CHOICE).where(_whose(CHOICE), CHOICE.c.kind == func.any(p("kinds", ARRAY(Text)))))
_STOP_LOOKING = Statement(
    update(SETTING).where(_whose(SETTING), ~exists().where(_whose(CHOICE))).values(look_at=None)
)
_LOOK_AGAIN = Statement(
    update(SETTING).where(_whose(SETTING), SETTING.c.look_at.is_not(None)).values(look_at=p("next_look"))
)
OF_PERSON = select(*MESSAGE.columns).where(_whose(MESSAGE))
_ADD = Statement(
    insert(MESSAGE)
    .values({column.name: p(column.name) for column in MESSAGE.columns})
    .on_conflict_do_nothing()
)
_TAKE = Statement(
    OF_PERSON.where(
        MESSAGE.c.kind == p("kind"), MESSAGE.c.subject_id == p("subject_id"), MESSAGE.c.due_at == p("due_at")
    ).with_for_update()
)
_LOCK = Statement(
    select(*MESSAGE.columns)
    .where(MESSAGE.c.organisation_id == p("organisation_id"), MESSAGE.c.id == p("id_"))
    .with_for_update()
)
_SAVE = Statement(
    update(MESSAGE)
    .where(MESSAGE.c.organisation_id == p("key_org"), MESSAGE.c.id == p("key_id"))
    .values({name: p(f"new_{name}") for name in ("attempts", "try_at", "sent_at", "refused_at")})
)
_FIND = Statement(OF_PERSON.where(MESSAGE.c.id == p("id_")))
_TRIED = Statement(OF_PERSON.where(MESSAGE.c.subject_id == func.any(p("subjects", ARRAY(Uuid)))))


@dataclass(slots=True)
class PostgresMessageChoices:
    """See `services.ports.message_choices.MessageChoices`."""

    work: Work

    async def chosen(self, person: PersonId) -> dict[MessageKind, datetime]:
        rows = await _CHOSEN.fetch(self.work.connection, **self.work.scope(person_id=person))
        return {MessageKind(row["kind"]): row["chosen_at"] for row in rows}

    async def choose(self, person: PersonId, kind: MessageKind) -> None:
        now, whose = self.work.now, {"organisation_id": self.work.organisation, "person_id": person}
        await _CHOOSE.run(self.work.connection, kind=kind, chosen_at=now, **whose)
        await _BEGIN_LOOKING.run(
            self.work.connection,
            language=None,
            time_zone=None,
            quiet_from=USUAL_QUIET[0],
            quiet_until=USUAL_QUIET[1],
            look_at=now,
            **whose,
        )

    async def drop(self, person: PersonId, kinds: Collection[MessageKind]) -> None:
        asked = self.work.scope(person_id=person)
        await _DROP.run(self.work.connection, kinds=list(kinds), **asked)
        await _STOP_LOOKING.run(self.work.connection, **asked)


@dataclass(slots=True)
class PostgresMessages:
    """See `services.messages.ports.Messages`."""

    work: Work

    async def reader(self, person: PersonId) -> Reader:
        row = await _READER.row(self.work.connection, **self.work.scope(person_id=person))
        if row is None:
            raise NotRegistered
        self.work.tell(row["clock"])
        said = (
            MessageSettings(**{name: row[name] for name in _WANTS}) if row["has_said"] else MessageSettings()
        )
        return Reader(
            settings=said,
            languages=tuple(row["languages"]),
            time_zone=row["zone"],
            is_protected=row["is_protected"],
        )

    async def put_settings(self, person: PersonId, settings: MessageSettings) -> None:
        await _PUT_SETTINGS.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            person_id=person,
            look_at=None,
            **{name: getattr(settings, name) for name in _WANTS},
        )

    async def take(self, person: PersonId, occasion: Occasion) -> Message:
        fresh = Message(
            id=MessageId(self.work.new_id()),
            organisation_id=self.work.organisation,
            person_id=person,
            kind=occasion.kind,
            subject_id=occasion.subject,
            due_at=occasion.due_at,
            until=occasion.until,
            attempts=0,
            try_at=self.work.now,
            sent_at=None,
            refused_at=None,
        )
        await _ADD.run(self.work.connection, **MESSAGES.to_values(fresh))
        row = await _TAKE.row(
            self.work.connection,
            kind=occasion.kind,
            subject_id=occasion.subject,
            due_at=occasion.due_at,
            **self.work.scope(person_id=person),
        )
        assert row is not None  # it was put there a moment ago, or somebody else had
        return MESSAGES.to_entity(row)

    async def lock(self, message: MessageId) -> Message | None:
        row = await _LOCK.row(self.work.connection, **self.work.scope(id_=message))
        return None if row is None else MESSAGES.to_entity(row)

    async def save(self, message: Message) -> None:
        await _SAVE.run(
            self.work.connection,
            key_org=message.organisation_id,
            key_id=message.id,
            new_attempts=message.attempts,
            new_try_at=message.try_at,
            new_sent_at=message.sent_at,
            new_refused_at=message.refused_at,
        )

    async def find(self, person: PersonId, message: MessageId) -> Message | None:
        row = await _FIND.row(self.work.connection, **self.work.scope(person_id=person, id_=message))
        return None if row is None else MESSAGES.to_entity(row)

    async def tried(self, person: PersonId, occasions: Sequence[Occasion]) -> list[Message]:
        if not occasions:
            return []
        subjects = [each.subject for each in occasions]
        rows = await _TRIED.fetch(
            self.work.connection, **self.work.scope(person_id=person, subjects=subjects)
        )
        return [MESSAGES.to_entity(row) for row in rows]

    async def look_again(self, person: PersonId, at: datetime) -> None:
        await _LOOK_AGAIN.run(self.work.connection, **self.work.scope(person_id=person, next_look=at))
