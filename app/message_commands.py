"""`verksted messages send|samples`: send what is due now, or write down what each kind looks like in each language."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.adapters.mail.compose import Composer
from app.api.shared.mail_pages import Mailbox, ShownMail
from app.bootstrap import running
from app.bootstrap.mail import catcher, composer
from app.content.texts import LANGUAGES
from app.domain.messages.kind import MessageKind
from app.domain.messages.tone import TONES, Tone
from app.domain.shared.ids import MessageId
from app.services.ports.carrier import Letter
from app.settings import Settings

_MADE_UP = MessageId(UUID("019a9e40-0a10-8d15-8000-2a7f91fe3c31"))
_SEAL = "an-example-that-turns-nothing-off-" + "0" * 102
"""As long as a real one."""


def message_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What `verksted messages` can be asked."""
    parser = commands.add_parser("messages", help="send what is due to people, or show what it looks like")
    parser.add_argument("messages", choices=["send", "samples"])
    parser.add_argument("--out", type=Path, default=Path("mail-samples"), help="where samples are written")


def messages(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what was asked."""
    if asked.messages == "samples":
        return _write(settings, asked.out)
    return asyncio.run(_send(settings))


async def _send(settings: Settings) -> int:
    async with running(settings) as service:
        if service.send is None:
            print("No mail server is named (VERKSTED_MAIL_HOST): nothing was sent.")
            return 1
        while await service.send.run_once():
            pass
    return 0


def _write(settings: Settings, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for language in LANGUAGES:
        for mail in samples(settings, language):
            name = f"{mail.title}.{language}"
            (out / f"{name}.html").write_text(mail.html, encoding="utf-8")
            (out / f"{name}.txt").write_text(mail.text, encoding="utf-8")
            (out / f"{name}.eml").write_text(mail.source, encoding="utf-8")
            count += 1
    print(f"{count} mails are in {out}.")
    return 0


def mailbox(settings: Settings) -> Mailbox | None:
    """What the page of development shows; None where mails go to people."""
    caught = catcher(settings)
    if caught is None:
        return None
    writes = composer(settings)

    def all_(language: str | None) -> Sequence[ShownMail]:
        return [
            _shown(writes, letter, f"{at:%Y-%m-%d %H:%M} UTC", at, language) for at, letter in caught.caught()
        ]

    return Mailbox(all_, lambda language: samples(settings, language))


def samples(settings: Settings, language: str) -> list[ShownMail]:
    """One of each kind in a language."""
    return list(_samples(composer(settings), settings, language))


def _samples(writes: Composer, settings: Settings, language: str) -> Iterator[ShownMail]:
    now = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    for kind in MessageKind:
        letter = Letter(
            id=_MADE_UP,
            address="somebody@example.org",
            tone=TONES[kind],
            language=language,
            answer_by=now + timedelta(days=6, hours=7) if TONES[kind] is Tone.ANSWER else None,
            time_zone="Europe/Oslo",
            link=settings.message_link.replace("{id}", str(_MADE_UP)),
            turn_off=f"{settings.base_url.rstrip('/')}/turn-off/{_SEAL}",
        )
        yield _shown(writes, letter, kind, now, None, name=kind)


def _shown(
    writes: Composer, letter: Letter, title: str, at: datetime, language: str | None, name: str | None = None
) -> ShownMail:
    asked = letter if language is None else replace(letter, language=language)
    mail = writes.mail(asked, at)
    return ShownMail(
        id=name or f"{at:%Y%m%dT%H%M%S%f}-{letter.id}",
        title=title,
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=writes.text(asked),
        html=writes.html(asked),
        source=mail.as_bytes().decode("utf-8"),
    )
