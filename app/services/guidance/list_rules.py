"""See the rules."""

from dataclasses import dataclass

from app.domain.guidance.catalogue import CATALOGUE
from app.domain.guidance.rule import Area, Binding
from app.domain.shared.actor import Actor
from app.services.guidance.views import RuleView
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class ListRules:
    """See the rules of self-organised self-help, each in one sentence with its source. Public.

    Refusals name the rules behind them by these ids.
    """

    words: Words

    async def __call__(
        self, actor: Actor, area: Area | None = None, binding: Binding | None = None
    ) -> list[RuleView]:
        return [
            RuleView.of(rule, self.words, actor.mark.language)
            for rule in CATALOGUE.values()
            if area in (None, rule.area) and binding in (None, rule.binding)
        ]
