"""What is shown of the criteria by which conversations with new volunteers are held."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.services.ports.view import DESCRIBED


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaView:
    """The criteria of the conversation with a new volunteer. No occupation is among them (V-02)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    version: str
    """Their version; an entry names the one by which its conversation was held."""
    qualities: list[QualityView]
    """What is looked for, those first that are asked for."""
    prompts: list[PromptView]
    """What can be brought up."""
