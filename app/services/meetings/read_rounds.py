"""Look at a plan of rounds."""

from dataclasses import dataclass

from app.domain.meetings.rounds import MOST_SPEAKERS, plan_rounds
from app.domain.shared.actor import Actor
from app.domain.shared.ids import MeetingId, organisation_of
from app.services.meetings.at_the_table import at_the_table
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import RoundsPartView, RoundsPlanView
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ReadRounds:
    """Share the time of a meeting evenly over those who wish to speak: an opening round, rounds, a break, a closing round
    (M-15, M-16, M-21). Without a number it counts the members who haven't said that they can't come. A suggestion,
    computed each time and kept nowhere."""

    transact: Transact[MeetingsUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        meeting_id: MeetingId,
        speakers: int | None = None,
        rounds: int = 2,
        break_minutes: int | None = None,
    ) -> RoundsPlanView:
        person = actor.person_id

        async def work(tx: MeetingsUnitOfWork) -> tuple[int, int]:
            facts, seen = await at_the_table(tx, meeting_id, person)
            absent = 0 if speakers else len(await tx.presence.notices(meeting_id))
            return facts.meeting.minutes, min(speakers or max(1, seen.members - absent), MOST_SPEAKERS)

        minutes, counted = await self.transact.read(actor, organisation_of(meeting_id), work)
        plan = plan_rounds(minutes, counted, rounds, break_minutes)
        language = actor.mark.language
        return RoundsPlanView(
            meeting_id=meeting_id,
            speakers=counted,
            minutes=minutes,
            share=min(plan.share(speaker) for speaker in range(counted)),
            parts=[
                RoundsPartView(
                    kind=part.kind,
                    title=self.words.say("agendas", f"rounds.{part.kind}", language),
                    from_minute=part.from_minute,
                    minutes=part.minutes,
                    turns=list(part.turns),
                )
                for part in plan.parts
            ],
            text=self.words.say("agendas", "rounds.advice", language),
        )
