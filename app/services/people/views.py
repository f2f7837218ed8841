"""What is shown of people: to themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.people.person import AgeConfirmation, Person
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.people.home_views import HomeView
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class MeView:
    """You, as far as the service knows you. No national id, no date of birth, no address."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: PersonId
    """Your id; a coordinator needs it to invite you."""
    chosen_name: str
    """What you want to be called."""
    languages: list[str]
    """Your languages, the best first."""
    of_age_confirmed_at: datetime
    """When it was confirmed that you are of age, UTC (G-08)."""
    of_age_confirmed_by: AgeConfirmation
    """How."""
    organisations: list[OrganisationId]
    """The organisations that you have registered with."""
    protected_identity: bool
    """Whether your identity is protected: by your own word, or by what your login says."""
    version: int
    """Goes up with each change of the profile: of name and languages, not of your home."""
    home: HomeView | None
    """Your first screen: what is yours in all organisations, as it stands now. Null in the answer to introducing
    yourself."""

    @staticmethod
    def of(person: Person, organisations: list[OrganisationId], home: HomeView | None = None) -> "MeView":
        """The person, for themselves and for nobody else."""
        return MeView(
            id=person.id,
            chosen_name=person.chosen_name,
            languages=list(person.languages),
            of_age_confirmed_at=person.of_age_confirmed_at,
            of_age_confirmed_by=person.of_age_confirmed_by,
            organisations=organisations,
            protected_identity=person.protected_at is not None,
            version=person.version,
            home=home,
        )
