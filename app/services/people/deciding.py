"""The ballots that could decide about what is somebody's."""

from app.domain.admission.application import Application
from app.domain.admission.ballot import Ballot
from app.services.people.home_ports import Frame, HomeUnitOfWork, OwnGroup
from app.services.ports.counting import require_counted


async def ballots_that_decide(
    tx: HomeUnitOfWork, groups: list[OwnGroup], applied: list[tuple[Application, Frame]]
) -> list[Ballot]:
    """The live ones of one's groups, and of the groups that one has applied to. Raises `BallotDue` where one is over and
    wasn't counted: that comes first."""
    live = {group.seen.group.id for group in groups if group.has_live_ballot}
    ballots = await tx.ballots.live_in(sorted(live | {each.group_id for each, _ in applied}))
    require_counted(ballots, tx.now)
    return ballots
