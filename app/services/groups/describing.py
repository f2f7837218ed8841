"""Finds what there is to say about a group that forms, and says it."""

from dataclasses import dataclass

from app.domain.groups.advice import FormingAdvice, advice_on_forming
from app.domain.groups.group import Origin
from app.services.groups.forming_views import FormingHintView, GroupOfferView
from app.services.groups.ports import GroupsUnitOfWork
from app.services.ports.repositories import Seen
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class DescribeOffer:
    """The offer of a forming group with what is worth knowing about it, for whoever composes it."""

    words: Words

    async def __call__(self, tx: GroupsUnitOfWork, seen: Seen, language: str) -> GroupOfferView:
        group = seen.group
        settings = (await tx.policies.holding(tx.now)).settings
        duty = await tx.convenors.duty_of(group.id, None)
        found = advice_on_forming(
            group.composition,
            age_span_hint=settings.age_span_hint,
            starter_helps=group.starter_helps,
            anybody_convenes=duty.anybody_named or group.origin is Origin.STAND_ALONE,
            is_fixed=group.first_meeting_at is not None,
            members=seen.members,
            warn_below=settings.size_warn_below,
        )
        hints = [self._say(advice, language, settings.age_span_hint) for advice in found]
        return GroupOfferView.of(group, await tx.forming_reads.code_of(group.id), tx.now, hints)

    def _say(self, advice: FormingAdvice, language: str, years: int) -> FormingHintView:
        return FormingHintView(
            code=advice,
            rules=list(advice.rules),
            text=self.words.say("forming", f"advice.{advice}", language, years=years),
        )
