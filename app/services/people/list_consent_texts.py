"""Read what one can consent to."""

from dataclasses import dataclass

from app.domain.people.consent import CLASSES, Purpose
from app.domain.shared.actor import Actor
from app.services.people.consent_views import ConsentTextView
from app.services.ports.consents import ConsentTexts


@dataclass(frozen=True, slots=True)
class ListConsentTexts:
    """Read what you can consent to, purpose by purpose, before you do. Public; each has its own yes, and none is a
    condition for another."""

    texts: ConsentTexts

    async def __call__(self, actor: Actor, language: str | None = None) -> list[ConsentTextView]:
        chosen = language or actor.mark.language
        return [self._text(purpose, chosen) for purpose in Purpose]

    def _text(self, purpose: Purpose, language: str) -> ConsentTextView:
        text = self.texts.consent(purpose, language)
        return ConsentTextView(
            purpose=purpose,
            data_classes=list(CLASSES[purpose]),
            version=text.version,
            language=text.language,
            sha256=text.sha256,
            title=self.texts.consent_title(purpose, language),
            paragraphs=list(self.texts.consent_body(purpose, language)),
        )
