"""What is said in a stream: that there is news, that it is time to ask, or that it ends. Never what the news are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from app.domain.events.news import TOLD_BY, Happening, NewsTopic
from app.domain.shared.ids import ApplicationId, GroupId, OrganisationId
from app.services.ports.view import DESCRIBED


class NewsWord(StrEnum):
    """What kind of word it is."""

    NEWS = "news"
    """Something has happened: ask again for what its ids name."""
    ASK = "ask"
    """Ask again for all that you show."""
    END = "end"
    """The stream ends with this."""


class NewsReason(StrEnum):
    """Why to ask, or why it ends. The list grows."""

    OPENED = "opened"
    """What you have is from before this stream: ask once, then listen."""
    CHANGED = "changed"
    """What is yours has changed: you have come into something, or left it."""
    MISSED = "missed"
    """More has happened than was kept for you."""
    BLIND = "blind"
    """News don't come through just now: ask now and then, until `resumed`."""
    RESUMED = "resumed"
    """News come through again."""
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 (a reason, no secret)
    """Come back with a new token."""
    ENDED = "ended"
    """What this stream was about isn't yours any more."""
    RESTARTING = "restarting"
    """This server stops; another is there, or will be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsView:
    """One word of a stream. It holds no content: whoever wants to know asks, and sees what they may see at that moment."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    said: NewsWord
    """`news`, `ask` or `end`."""
    type: str | None = None
    """What happened, such as `group.ballot.opened`; null where nothing did."""
    topic: NewsTopic | None = None
    """What it is about."""
    organisation_id: OrganisationId | None = None
    """Where it happened."""
    group_id: UUID | None = None
    """The group."""
    ballot_id: UUID | None = None
    """The ballot."""
    meeting_id: UUID | None = None
    """The meeting."""
    application_id: UUID | None = None
    """The application."""
    placement_id: UUID | None = None
    """The invitation to a place."""
    assessment_id: UUID | None = None
    """The intake conversation."""
    why: NewsReason | None = None
    """Why to ask, or why the stream ends."""
    in_seconds: int | None = None
    """When to ask or to come back: spread, so that not everybody does it at once."""

    @staticmethod
    def of(happening: Happening, topic: NewsTopic) -> "NewsView":
        """News, for somebody who may hear of them."""
        ids = {f"{name}_id": happening.ids[name] for name in TOLD_BY if name in happening.ids}
        return NewsView(
            said=NewsWord.NEWS,
            type=happening.type,
            topic=topic,
            organisation_id=happening.organisation,
            **ids,  # type: ignore[arg-type]
        )

    @staticmethod
    def of_own_application(happening: Happening, application: ApplicationId) -> "NewsView":
        """That a group has decided about an application, for whoever has applied: neither group nor ballot is named."""
        return NewsView(
            said=NewsWord.NEWS,
            type="application.decided",
            topic=NewsTopic.BALLOTS,
            organisation_id=happening.organisation,
            application_id=application,
        )

    @staticmethod
    def ask(why: NewsReason, in_seconds: int = 0) -> "NewsView":
        """That it is time to ask."""
        return NewsView(said=NewsWord.ASK, why=why, in_seconds=in_seconds)

    @staticmethod
    def end(why: NewsReason, in_seconds: int | None = None) -> "NewsView":
        """That the stream ends."""
        return NewsView(said=NewsWord.END, why=why, in_seconds=in_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What somebody has to do with in one organisation, as of a moment. A hint at what to look at, never a permission."""

    inside: frozenset[GroupId] = frozenset()
    """Groups that they have a place in."""
    beside: frozenset[GroupId] = frozenset()
    """Groups that they help to start, or have applied to."""
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """The same for all of somebody's organisations."""

    around: Mapping[OrganisationId, Around] = field(default_factory=dict)
