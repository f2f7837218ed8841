"""Look at the criteria."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.domain.volunteers.criteria import CRITERIA_VERSION, REQUIRED, WELCOME
from app.services.ports.texts import Words
from app.services.volunteers.criteria_views import CriteriaView, PromptView, QualityView


@dataclass(frozen=True, slots=True)
class ReadCriteria:
    """See what the conversation with a new volunteer looks for, and what it can bring up. Public: nothing is secret in it.

    The qualities stand for personal ones (V-03); no occupation is among them (V-02). This is what we ship; an
    organisation may choose among it.
    """

    words: Words

    async def __call__(self, actor: Actor) -> CriteriaView:
        language, asked_for = actor.mark.language, REQUIRED[CRITERIA_VERSION]
        return CriteriaView(
            version=CRITERIA_VERSION,
            qualities=[
                QualityView.of(key, self.words, language, is_required=key in asked_for)
                for key in (*asked_for, *WELCOME[CRITERIA_VERSION])
            ],
            prompts=PromptView.all(self.words, language),
        )
