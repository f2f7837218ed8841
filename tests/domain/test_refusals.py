"""Who asks, and how the domain says no."""

import pytest

from app.domain.shared.actor import ANONYMOUS, Actor, RequestMark
from app.domain.shared.errors import DomainError, Kind, PersonNeeded, all_refusals
from app.domain.shared.ids import PersonId
from tests.domain.build import an_id

PERSON = PersonId(an_id(1))


@pytest.mark.rule("A-07")
def test_a07_only_a_person_has_a_persons_id() -> None:
    """A-06, A-07, B-20: no system and no unknown login is ever anybody."""
    assert Actor(issuer="i", subject="s", person=PERSON).person_id == PERSON
    for nobody in (
        ANONYMOUS,
        Actor(issuer="i", subject="s"),
        Actor(issuer="i", person=PERSON, is_system=True),
    ):
        with pytest.raises(PersonNeeded):
            _ = nobody.person_id
    assert not ANONYMOUS.is_known
    assert Actor(issuer="i", subject="s").is_known


def test_an_actor_is_who_asks_and_not_how() -> None:
    marked = Actor(issuer="i", subject="s", mark=RequestMark(request_id="r", idempotency_key="k"))
    assert marked == Actor(issuer="i", subject="s")


def test_a_refusal_carries_its_code_its_place_and_its_facts_and_no_status() -> None:
    refused: DomainError = PersonNeeded("/here", minimum=3)
    assert (refused.pointer, refused.facts, str(refused)) == ("/here", {"minimum": 3}, "shared.person_needed")
    assert not hasattr(refused, "status")


def test_every_refusal_has_a_kind_a_code_of_its_own_and_a_sentence() -> None:
    found = [refusal for refusal in all_refusals() if refusal.__module__.startswith("app.")]
    codes = [refusal.code for refusal in found]
    assert len(codes) == len(set(codes)) > 50
    assert all(isinstance(refusal.kind, Kind) for refusal in found)
    assert all(refusal.__doc__ for refusal in found)
    assert all("." in code and code == code.lower() for code in codes)
