"""Development: mails go nowhere but into a folder, from which a page shows them (`/mail`)."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from app.domain.messages.tone import Tone
from app.domain.people.contact import ContactKind
from app.domain.shared.ids import MessageId
from app.services.ports.carrier import Letter

MOST = 200
"""Mails that are kept; the oldest go."""


@dataclass(frozen=True, slots=True)
class MailCatcher:
    """See `services.ports.carrier.Carrier`. Never in production: addresses lie in the folder in clear."""

    folder: Path

    @property
    def by(self) -> ContactKind:
        return ContactKind.EMAIL

    async def carry(self, letter: Letter) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        at = datetime.now(UTC)
        written = {
            "at": at.isoformat(),
            "id": str(letter.id),
            "address": letter.address,
            "tone": letter.tone,
            "language": letter.language,
            "answer_by": None if letter.answer_by is None else letter.answer_by.isoformat(),
            "time_zone": letter.time_zone,
            "link": letter.link,
            "turn_off": letter.turn_off,
        }
        path = self.folder / f"{at:%Y%m%dT%H%M%S%f}-{letter.id.hex}.json"
        part = path.with_suffix(".part")
        part.write_text(json.dumps(written), encoding="utf-8")
        os.replace(part, path)
        for old in sorted(self.folder.glob("*.json"))[:-MOST]:
            old.unlink(missing_ok=True)

    def caught(self) -> list[tuple[datetime, Letter]]:
        """What was caught and when, the newest first."""
        found = []
        for path in sorted(self.folder.glob("*.json"), reverse=True):
            read = json.loads(path.read_text("utf-8"))
            answer_by = read["answer_by"]
            letter = Letter(
                id=MessageId(UUID(read["id"])),
                address=read["address"],
                tone=Tone(read["tone"]),
                language=read["language"],
                answer_by=None if answer_by is None else datetime.fromisoformat(answer_by),
                time_zone=read["time_zone"],
                link=read["link"],
                turn_off=read["turn_off"],
            )
            found.append((datetime.fromisoformat(read["at"]), letter))
        return found
