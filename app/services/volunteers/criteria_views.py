"""What is shown of the criteria by which conversations with new volunteers are held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.criteria import PROMPTS, VolunteerCriteria
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED

_TOPIC = "volunteer_criteria"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityView:
    """A quality that the conversation with a new volunteer looks for."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: str
    """Its name in entries."""
    name: str
    """What it is called."""
    question: str
    """What one can talk about to see it."""
    is_required: bool
    """Whether it takes this one to be found suited (V-03)."""

    @staticmethod
    def of(key: str, words: Words, language: str, *, is_required: bool) -> "QualityView":
        """A quality, in the reader's language."""
        return QualityView(
            key=key,
            name=words.say(_TOPIC, f"quality.{key}.name", language),
            question=words.say(_TOPIC, f"quality.{key}.question", language),
            is_required=is_required,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptView:
    """Something to bring up in the conversation. Never a condition."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: str
    """Its name."""
    text: str
    """What it says."""
    rules: list[str]
    """The rules behind it."""

    @staticmethod
    def all(words: Words, language: str) -> "list[PromptView]":
        """All of them, in the reader's language."""
        return [
            PromptView(key=key, text=words.say(_TOPIC, f"prompt.{key}", language), rules=list(rules))
            for key, rules in PROMPTS.items()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaView:
    """The criteria that we ship for the conversation with a new volunteer. No occupation is among them (V-02)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    version: str
    """Their version, as entries name it."""
    qualities: list[QualityView]
    """What is looked for, those first that are asked for."""
    prompts: list[PromptView]
    """What can be brought up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCriteriaView:
    """The criteria by which an organisation holds its conversations with new volunteers, or held them once."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    version: int
    """Their version, as entries name it; 1 is what we ship. Send it back as `If-Match` (REST) or `version` (GraphQL) when
    you adopt another one."""
    adopted_at: datetime
    """Since when they hold or held, UTC."""
    qualities: list[QualityView]
    """What is looked for, those first that are asked for (V-03)."""
    prompts: list[PromptView]
    """What can be brought up."""

    @staticmethod
    def of(criteria: VolunteerCriteria, words: Words, language: str) -> "HeldCriteriaView":
        """A version. Everybody may see it."""
        return HeldCriteriaView(
            organisation_id=criteria.organisation_id,
            version=criteria.version,
            adopted_at=criteria.adopted_at,
            qualities=[
                QualityView.of(key, words, language, is_required=key in criteria.required)
                for key in criteria.qualities
            ],
            prompts=PromptView.all(words, language),
        )
