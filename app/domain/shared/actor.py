"""Who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import PersonNeeded, StepUpNeeded
from app.domain.shared.ids import PersonId


@dataclass(frozen=True, slots=True)
class RequestMark:
    """What belongs to the asking and not to the asker: the request's id, and the caller's idempotency key."""

    request_id: str = ""
    language: str = "nb"
    """The reader's language: nb, nn, da or en."""
    idempotency_key: str | None = None
    fingerprint: str = ""
    """A hash of everything that the request asks for; the same key with another fingerprint is a mistake."""
    note_replay: Callable[[], None] = lambda: None
    """Called when the answer is that of an earlier request, so that the way in can say so."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a person, a login that has not introduced itself yet, a system, or nobody.

    Nothing here is a permission: relations and roles are read in the use case's own transaction, so that they
    can't be older than what they decide about.
    """

    issuer: str | None = None
    subject: str | None = None
    """`(issuer, subject)` is the identity; the subject is pairwise, never a national id."""
    person: PersonId | None = None
    """None until the login has introduced itself (`PUT /v1/me`)."""
    client: str | None = None
    scopes: frozenset[str] = frozenset()
    is_system: bool = False
    """A machine's own token (client credentials). No system is ever a member of anything (A-06)."""
    acr: str | None = None
    """What the issuer said about the login, in its own words."""
    assurance: Assurance | None = None
    """The same in ours; None where nothing was said that we know."""
    acr_values: Mapping[Assurance, str] = field(default_factory=dict, compare=False)
    """What to ask the issuer for, to get at least this much (RFC 9470)."""
    consumer: str | None = None
    """A system's: the organisation that it acts for, `icd:number` (`0192:991825827`). Access goes by this one."""
    supplier: str | None = None
    """A system's: the organisation that runs it for the consumer, if another. It gives no access."""
    address_protected: bool | None = None
    """What the issuer says of a protected name and address; None where it says nothing."""
    mark: RequestMark = field(default=RequestMark(), compare=False)

    @property
    def person_id(self) -> PersonId:
        """The person who asks; refused with `shared.person_needed` where there is none (A-07)."""
        if self.person is None or self.is_system:
            raise PersonNeeded
        return self.person

    def require(self, least: Assurance) -> None:
        """Refuse a login of less assurance with `shared.step_up_needed`. Systems don't log in: they hold a key."""
        if self.is_system or (self.assurance is not None and self.assurance >= least):
            return
        asked = {"acr_values": self.acr_values[least]} if least in self.acr_values else {}
        raise StepUpNeeded(assurance=least.name.lower(), **asked)

    @property
    def is_known(self) -> bool:
        """Whether a token was shown at all."""
        return self.issuer is not None


ANONYMOUS = Actor()
