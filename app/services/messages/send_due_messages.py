"""Send what is due, to everybody."""

import logging
from dataclasses import dataclass

from app.domain.shared.errors import DomainError
from app.services.messages.ports import Desks
from app.services.messages.tell_one import TellOne

MOST = 50
"""People of one round."""
GIVES_UP_AFTER = 3
"""Failures of the carrier, one after the other, that end a round: it isn't there, and the next round tries again."""
log = logging.getLogger("verksted.messages")


@dataclass(frozen=True, slots=True)
class SendDueMessages:
    """Send what is due to some of those whose time has come. Any number of these may run beside each other.

    Nothing but messages depends on it: what it finds is computed, and a late round finds it, too.
    """

    desks: Desks
    tell: TellOne

    async def run_once(self) -> bool:
        """Whether there may be more to do at once. One whose look fails keeps no other from theirs; told at the end."""
        claimed = await self.desks.claim(MOST)
        failures, failed = 0, None
        for organisation, person in claimed:
            try:
                taken = await self.tell(organisation, person)
            except (
                DomainError
            ) as error:  # they have gone since, or the database is busy: they are looked at again
                log.info("messages: %s", error.code)
                continue
            except Exception as error:
                failed = error
                continue
            if taken is not None:
                failures = 0 if taken else failures + 1
            if failures >= GIVES_UP_AFTER:
                log.warning("messages: the mail server doesn't take any")
                return False
        if failed is not None:
            raise failed
        return len(claimed) == MOST
