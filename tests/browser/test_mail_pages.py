"""The page of development that shows mails: strict, whole, and not there in production."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.adapters.mail.catcher import MOST, MailCatcher
from app.api.shared.mail_pages import mail_router
from app.bootstrap.mail import carrier
from app.content.texts import LANGUAGES
from app.domain.messages.kind import MessageKind
from app.domain.messages.tone import Tone
from app.domain.shared.ids import MessageId
from app.message_commands import mailbox
from app.services.ports.carrier import Letter
from app.settings import Settings

LETTER = Letter(
    id=MessageId(UUID(int=7)), address="a<b>&c@example.org", tone=Tone.ANSWER, language="nb",
    answer_by=datetime(2026, 12, 3, 17, tzinfo=UTC), time_zone="Europe/Oslo", link="https://app.example/m/1",
    turn_off="https://api.example/turn-off/x",
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(environment="development", data_dir=tmp_path)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    box = mailbox(settings)
    assert box is not None
    app.include_router(mail_router(box))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened


async def test_what_is_caught_is_shown_as_sent_and_in_every_language(
    settings: Settings, client: httpx.AsyncClient
) -> None:
    assert "Nothing has been caught yet" in (await client.get("/mail")).text
    caught = carrier(settings)
    assert isinstance(caught, MailCatcher)
    await caught.carry(LETTER)
    sent = await client.get("/mail")
    assert "Du har en melding" in sent.text
    assert "torsdag 3. desember kl. 18:00" in sent.text
    assert "a&lt;b&gt;&amp;c@example.org" in sent.text
    assert "<b>&c" not in sent.text
    danish = await client.get("/mail/caught/da")
    assert "Du har en besked" in danish.text
    frame = danish.text.partition('iframe sandbox src="')[2].partition('"')[0]
    html = await client.get(frame)
    assert "Noget venter på dig" in html.text
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


async def test_all_kinds_in_all_languages_under_a_strict_policy(client: httpx.AsyncClient) -> None:
    for language in LANGUAGES:
        page = await client.get(f"/mail/samples/{language}")
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'nonce-")
        assert "unsafe" not in policy
        assert "<script" not in page.text
        for kind in MessageKind:
            assert f"<h2>{kind}</h2>" in page.text
            assert (await client.get(f"/mail/samples/{language}/{kind}/html")).status_code == 200


async def test_only_the_newest_are_kept(settings: Settings, tmp_path: Path) -> None:
    caught = MailCatcher(tmp_path / "few")
    for _ in range(MOST + 3):
        await caught.carry(LETTER)
    assert len(caught.caught()) == MOST


def test_there_is_none_in_production_or_where_a_server_takes_mails(tmp_path: Path) -> None:
    production = Settings(environment="production", data_dir=tmp_path, secret=SecretStr("x" * 40))
    assert mailbox(production) is None
    assert carrier(production) is None, "without a server nothing is sent, and nothing is written anywhere"
    served = Settings(environment="development", data_dir=tmp_path, mail_host="mail.example")
    assert mailbox(served) is None
