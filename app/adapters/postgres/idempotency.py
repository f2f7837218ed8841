"""The memory of idempotency keys: a key is claimed, and its answer kept, in the transaction that does the work."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from asyncpg import exceptions as pg
from cryptography.fernet import MultiFernet
from pydantic import TypeAdapter
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.system import IdempotencyRow
from app.adapters.postgres.work import Work
from app.domain.shared.actor import Actor
from app.domain.shared.errors import IdempotencyInProgress, IdempotencyMismatch

_KEYS = col.table_of(IdempotencyRow)
_MINE = (_KEYS.c.person_id == p("person_id")) & (_KEYS.c.key_hash == p("key_hash"))
_CLAIM = Statement(
    insert(_KEYS)
    .values(
        person_id=p("person_id"),
        key_hash=p("key_hash"),
        fingerprint=p("fingerprint"),
        created_at=func.clock_timestamp(),
    )
    .on_conflict_do_nothing()
    .returning(_KEYS.c.created_at)
)
_STORED = Statement(select(_KEYS.c.fingerprint, _KEYS.c.answer).where(_MINE))
_KEEP = Statement(update(_KEYS).where(_MINE).values(answer=p("answer")))
_FORGET = Statement(
    delete(_KEYS).where(
        _KEYS.c.person_id == p("person_id"), _KEYS.c.created_at < func.now() - text("interval '7 days'")
    )
)
"""Keys are remembered for seven days; each new key of a person takes their old ones away."""


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(answer: type[Any]) -> TypeAdapter[Any]:
    if answer not in _ADAPTERS:
        _ADAPTERS[answer] = TypeAdapter(answer)
    return _ADAPTERS[answer]


@dataclass(frozen=True, slots=True)
class Memory:
    """Claims keys and keeps answers, sealed: an answer may hold what somebody has confided."""

    seals: MultiFernet

    async def recall(self, work: Work, actor: Actor, answer: type[Any]) -> Any | None:
        """The answer of an earlier request with the same key, or None after claiming the key for this one.

        `IdempotencyMismatch` if the key came with another request, `IdempotencyInProgress` while the first one runs.
        """
        await _FORGET.run(work.connection, person_id=actor.person)
        key = self._key_hash(actor)
        fingerprint = hashlib.sha256(actor.mark.fingerprint.encode()).digest()
        try:
            claimed = await _CLAIM.value(
                work.connection, person_id=actor.person, key_hash=key, fingerprint=fingerprint
            )
        except pg.LockNotAvailableError as error:
            raise IdempotencyInProgress from error
        if claimed is not None:
            return None
        stored = await _STORED.row(work.connection, person_id=actor.person, key_hash=key)
        if stored is None or stored["answer"] is None:
            raise IdempotencyInProgress
        if bytes(stored["fingerprint"]) != fingerprint:
            raise IdempotencyMismatch
        actor.mark.note_replay()
        return _adapter(answer).validate_json(self.seals.decrypt(bytes(stored["answer"])))

    async def keep(self, work: Work, actor: Actor, answer: type[Any], value: Any) -> None:
        """Keep the answer beside the claim, before the commit."""
        plain = orjson.dumps(_adapter(answer).dump_python(value, mode="json"))
        await _KEEP.run(
            work.connection,
            person_id=actor.person,
            key_hash=self._key_hash(actor),
            answer=self.seals.encrypt(plain),
        )

    @staticmethod
    def _key_hash(actor: Actor) -> bytes:
        parts = (
            actor.issuer or "",
            actor.client or "",
            actor.subject or "",
            actor.mark.idempotency_key or "",
        )
        return hashlib.sha256("\x00".join(parts).encode()).digest()
