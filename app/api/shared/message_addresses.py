"""The addresses that stand in messages: into the app by an id alone, and out of the messages by a sealed word."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.api.shared.cursors import CursorCodec
from app.domain.messages.kind import MessageKind
from app.domain.shared.errors import CursorMismatch, NotFound
from app.domain.shared.ids import MessageId, OrganisationId, PersonId
from app.services.messages.ports import Choice

TURN_OFF = "/turn-off/"
_ASKED = {"list": "turn off messages"}
_LONGEST = max(len(kind) for kind in MessageKind)


class MessageAddresses:
    """See `app.services.messages.ports.Addresses`. What is sealed has one length, so that it tells no kind; all
    our languages have two letters."""

    def __init__(
        self,
        codecs: Sequence[CursorCodec],
        base_url: str,
        link: str,
        links: Mapping[OrganisationId, str],
    ) -> None:
        """The first codec seals; all of them open, so that a renewed secret leaves no address behind that does nothing.

        `link`: the app's address with `{id}` in it; `links`: those of organisations that have an app of their own.
        """
        self._codecs = codecs
        self._base_url = base_url
        self._link, self._links = link, links

    def link(self, organisation: OrganisationId, message: MessageId, *, is_protected: bool) -> str:
        """See the port."""
        chosen = self._link if is_protected else self._links.get(organisation, self._link)
        return chosen.replace("{id}", str(message))

    def turn_off(self, choice: Choice) -> str:
        """See the port."""
        place = (choice.organisation, choice.person, choice.kind.ljust(_LONGEST), choice.language)
        return f"{self._base_url}{TURN_OFF}{self._codecs[0].seal_for_good(place, _ASKED)}"

    def opened(self, token: str) -> Choice:
        """See the port."""
        for codec in self._codecs:
            try:
                organisation, person, kind, language = codec.open_for_good(token, _ASKED)
            except CursorMismatch:
                continue
            assert isinstance(organisation, UUID)
            assert isinstance(person, UUID)
            return Choice(
                OrganisationId(organisation), PersonId(person), MessageKind(str(kind).strip()), str(language)
            )
        raise NotFound
