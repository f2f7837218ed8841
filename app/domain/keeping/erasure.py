"""Erasure: what becomes of what is held about somebody who has it erased, and how it is told beforehand."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.ids import PersonId


class Erased(StrEnum):
    """What becomes of a row when its person has their data erased."""

    GONE = "gone"
    """It is deleted."""
    UNLINKED = "unlinked"
    """It stays, without anything that leads to them: a decision or a date of a group stays true."""
    EVIDENCE = "evidence"
    """It stays as it is, under an id that leads nowhere afterwards, as nobody may change it; it has its own end."""
    NOT_PERSONAL = "not_personal"
    """It is about nobody, or says of somebody no more than an id that leads nowhere afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That somebody was erased: whom, by an id that leads nowhere any more, when, and how many rows of which sort."""

    person: PersonId
    erased_at: datetime
    gone: Mapping[str, int]


class StillThere(RuntimeError):
    """After an erasure something still led to the person. Nothing of it is committed: this is a fault of ours."""


class NotToldYet(DomainError):
    """Whoever has themselves erased has read before what goes and what stays; the word to repeat stands there."""

    kind, code = Kind.CONFLICT, "keeping.not_told_yet"


def word_to_repeat(person: PersonId) -> str:
    """What is told together with what will happen, and repeated by whoever wants it to. It keeps nobody out: it holds that
    no erasure is an accident."""
    return hashlib.sha256(b"what goes and what stays|" + person.bytes).hexdigest()[:12]


def require_told(person: PersonId, word: str) -> None:
    """There is no way back from an erasure: it begins with having read what it does."""
    if word != word_to_repeat(person):
        raise NotToldYet("/confirmation")
