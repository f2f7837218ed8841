"""Read one rule."""

from dataclasses import dataclass

from app.domain.guidance.catalogue import CATALOGUE
from app.domain.guidance.rule import RuleNotFound
from app.domain.shared.actor import Actor
from app.services.guidance.views import RuleView
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class ReadRule:
    """Read one rule, for example one that a refusal has named. Public."""

    words: Words

    async def __call__(self, actor: Actor, rule_id: str) -> RuleView:
        rule = CATALOGUE.get(rule_id)
        if rule is None:
            raise RuleNotFound
        return RuleView.of(rule, self.words, actor.mark.language)
