"""How a group's composition is shown; the same in the offer, in the invitation and inside."""

from functools import lru_cache
from typing import Any, ClassVar

from app.domain.groups.composition import Composition, Genders
from app.services.ports.view import DESCRIBED, view


@view
class CompositionView:
    """How a group is composed, as it states it itself (G-12). A description to choose by: nobody is tested against it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    age_from: int | None
    """Years; null where any age is meant."""
    age_to: int | None
    """Years, included; null where any age is meant."""
    genders: Genders
    """Whom it is meant for."""
    in_common: str | None
    """Something else that they share, in a few words."""

    @staticmethod
    @lru_cache(256)  # most groups of a list state nothing, or the same
    def of(composition: Composition) -> "CompositionView":
        """The composition as it is stated."""
        return CompositionView(
            age_from=composition.age_from,
            age_to=composition.age_to,
            genders=composition.genders,
            in_common=composition.in_common,
        )
