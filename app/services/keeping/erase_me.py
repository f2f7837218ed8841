"""Have oneself erased."""

from dataclasses import dataclass

from app.domain.keeping.erasure import Erased, require_told
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.services.keeping.erasing import Erase
from app.services.keeping.erasure_views import ErasedSortView, ErasureView, in_order
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Have everything erased that is held about you, in all your organisations, for no reason that anybody has to know.

    You leave your groups as whoever leaves does: off the rolls, your envelopes unopened, no voice of others lost. Your
    applications are taken back, you step out of groups that you help to start. Then all that leads to you is deleted or
    unlinked, every column is looked through, and your key is destroyed, so that no backup can be read either. What was
    decided stays true, and stands for nobody. Asked for again, it is as it was.
    """

    erase: Erase
    words: Words
    sorts: dict[str, Erased]
    """What is told of, by table, and what becomes of it."""

    async def __call__(self, actor: Actor, confirmation: str) -> ErasureView:
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        language = actor.mark.language
        if actor.person is None:
            return ErasureView.nothing(self.words, language)
        require_told(actor.person, confirmation)
        done = await self.erase(actor.person, actor)
        if done is None:
            return ErasureView.nothing(self.words, language)
        return ErasureView(
            erased_at=done.erased_at,
            sorts=in_order(
                ErasedSortView.of(name, self.sorts[name], number, self.words, language)
                for name, number in done.gone.items()
                if number and name in self.sorts
            ),
            verified=True,
            message=self.words.say("keeping", "erasure_done", language),
        )
