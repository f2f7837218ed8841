"""Look at the criteria."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.volunteers.criteria import CRITERIA_VERSION, PROMPTS, REQUIRED, qualities
from app.services.ports.texts import Words
from app.services.volunteers.criteria_views import CriteriaView, PromptView, QualityView


@dataclass(frozen=True, slots=True)
class ReadCriteria:
    """See what the conversation with a new volunteer looks for, and what it can bring up. Public: nothing is secret in it.

    The qualities stand for personal ones (V-03); no occupation is among them (V-02).
    """

    words: Words

    async def __call__(self, actor: Actor) -> CriteriaView:
        language = actor.mark.language

        def say(key: str) -> str:
            return self.words.say("volunteer_criteria", key, language)

        return CriteriaView(
            version=CRITERIA_VERSION,
            qualities=[
                QualityView(
                    key=key,
                    name=say(f"quality.{key}.name"),
                    question=say(f"quality.{key}.question"),
                    is_required=key in REQUIRED[CRITERIA_VERSION],
                )
                for key in qualities(CRITERIA_VERSION)
            ],
            prompts=[
                PromptView(key=key, text=say(f"prompt.{key}"), rules=list(rules))
                for key, rules in PROMPTS.items()
            ],
        )
