"""The vault: each value under the key of whom it is about, bound to organisation, table, column and row.

Layout: 4 bytes of mark and version, none of them UTF-8 · 16 bytes of the person · Tink's ciphertext (whose bytes 1 to 4
are the number of the key). What was sealed before people had keys of their own is opened as it was sealed.
"""

from uuid import UUID

from app.adapters.keys.files import KeyFiles
from app.adapters.vault import AesVault
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.vault import Place

MARK = b"\xffVK1"
"""The first byte begins no text in UTF-8, so that no words in clear look sealed."""
_HEAD = len(MARK) + 16
_NEVER_IN_CLEAR = {
    "assessment_text": "assessment.{}",
    "interest": "interest.private_wish",
    "contact": "contact.{}",
}


def person_of(sealed: bytes) -> PersonId | None:
    """Under whose key it is sealed; None for what was sealed before people had keys."""
    is_ours = sealed.startswith(MARK) and len(sealed) > _HEAD
    return PersonId(UUID(bytes=sealed[len(MARK) : _HEAD])) if is_ours else None


def number_of(sealed: bytes) -> int | None:
    """Which of that person's keys."""
    return int.from_bytes(sealed[_HEAD + 1 : _HEAD + 5], "big") if person_of(sealed) is not None else None


class KeyVault:
    """See `services.ports.vault.Vault`."""

    def __init__(self, people: KeyFiles, earlier: AesVault) -> None:
        self._people, self._earlier = people, earlier

    def seal(self, person: PersonId, place: Place, words: str) -> bytes:
        """See the port."""
        head = MARK + person.bytes
        return head + self._people.get_or_create(person).seal(words.encode(), head + place.written())

    def open(self, place: Place, sealed: bytes) -> str | None:
        """See the port. Words that are in the database in clear yet are what they are."""
        if not sealed.startswith(MARK):
            return self._of_earlier(place, sealed)
        head, rest = sealed[:_HEAD], sealed[_HEAD:]
        if len(head) < _HEAD:
            return None
        person, bound = UUID(bytes=head[len(MARK) :]), head + place.written()
        key = self._people.get(person)
        if key is None:
            return None
        plain = key.open(rest, bound)
        if plain is None:
            renewed = self._people.reread(person)
            plain = None if renewed is None or renewed is key else renewed.open(rest, bound)
        return None if plain is None else plain.decode()

    def _of_earlier(self, place: Place, sealed: bytes) -> str | None:
        purpose = _NEVER_IN_CLEAR.get(place.table)
        if purpose is None:
            return sealed.decode(errors="replace")
        row = place.row[0]
        assert isinstance(row, UUID)
        return self._earlier.open(
            OrganisationId(place.organisation), row, purpose.format(*place.row[1:]), sealed
        )
