"""How a test asks which rule refused a token: the world is never told, the exception's cause knows."""

import pytest

from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.rules import RuleBroken
from app.domain.shared.errors import Unauthenticated
from tests.adapters.identity.forge import NOW


async def rule_against(verify: JoseTokenVerifier, token: str) -> int:
    """The number of the rule that refused this token; fails where it was accepted or said to have expired."""
    with pytest.raises(Unauthenticated) as refused:
        await verify(token, NOW)
    assert type(refused.value) is Unauthenticated
    assert not refused.value.facts
    assert refused.value.pointer is None
    assert isinstance(refused.value.__cause__, RuleBroken)
    return refused.value.__cause__.rule
