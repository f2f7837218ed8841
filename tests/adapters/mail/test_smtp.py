"""Mail over SMTP: TLS or nothing, what a server's words mean, and what stands in a mail."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from app.adapters.mail.compose import Composer
from app.adapters.mail.smtp import MailServer, SmtpCarrier, Tls
from app.adapters.words import ContentWords
from app.content.texts import LANGUAGES
from app.domain.messages.tone import Tone
from app.domain.shared.ids import MessageId
from app.services.ports.carrier import Letter, NotNow, RefusedForGood
from tests.support.smtp import MailHost, mail_host

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
COMPOSER = Composer(ContentWords(), "Kvelden <post@mail.example>")


def letter(**changes: object) -> Letter:
    whole = {
        "id": MessageId(UUID(int=7)), "address": "hanne@example.org", "tone": Tone.ANSWER, "language": "nb",
        "answer_by": datetime(2026, 12, 3, 17, tzinfo=UTC), "time_zone": "Europe/Oslo",
        "link": "https://app.example/messages/019a9e40-0a10-8d15-8000-2a7f91fe3c31",
        "turn_off": "https://api.example/turn-off/" + "a" * 150,
    }  # fmt: skip
    return Letter(**(whole | changes))  # type: ignore[arg-type]


def carrier(host: MailHost, tls: Tls = "none", name: str = "127.0.0.1", seconds: float = 5.0) -> SmtpCarrier:
    return SmtpCarrier(MailServer(host=name, port=host.port, tls=tls), COMPOSER, lambda: NOW, seconds)


async def test_a_mail_arrives_whole() -> None:
    async with mail_host() as host:
        await carrier(host).carry(letter())
    (mail,) = host.mails()
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "Kvelden <post@mail.example>", "hanne@example.org", "Du har en melding",
    )  # fmt: skip
    assert mail["Content-Language"] == "nb"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Tue, 01 Dec 2026 09:30:00 +0000"
    assert mail["List-Unsubscribe"] == f"<{letter().turn_off}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = host.taken[0].split(b"\r\n\r\n")[0]
    assert b"=?" not in raw, "no header is written in a way that a mail program has to decode"
    assert host.heard[0].lower() == "ehlo mail.example", "the machine's own name is nobody's business"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "torsdag 3. desember kl. 18:00" in text.get_content()
    assert letter().link in text.get_content()
    assert letter().link in html.get_content()
    assert letter().turn_off in text.get_content()
    assert letter().turn_off in html.get_content()


def test_the_same_letter_has_the_same_message_id_and_another_has_not() -> None:
    first, again = (COMPOSER.mail(letter(), NOW.replace(hour=hour))["Message-ID"] for hour in (9, 15))
    other = COMPOSER.mail(letter(id=MessageId(UUID(int=8))), NOW)["Message-ID"]
    assert first == again != other
    assert UUID(int=7).hex not in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_say_the_same_and_load_nothing(language: str) -> None:
    for tone in Tone:
        sent = letter(tone=tone, language=language)
        html, text = COMPOSER.html(sent), COMPOSER.text(sent)
        assert f'<html lang="{language}">' in html
        first = text.split("\n\n")[0]
        assert first in html
        for loads in ("<img", "<link", "<script", "url(", "@import", "src="):
            assert loads not in html
        assert html.count("http") == 2
        assert text.count("http") == 2


async def test_a_refused_recipient_is_for_good_and_all_else_is_for_now() -> None:
    async with mail_host(to_recipient="550 5.1.1 no such user") as host:
        with pytest.raises(RefusedForGood):
            await carrier(host).carry(letter())
    for trouble in (
        {"to_recipient": "451 4.7.1 greylisted"},
        {"to_recipient": "421 too many"},
        {"to_sender": "550 5.7.1 who are you"},
        {"after_data": "554 5.7.1 looks like spam"},
        {"after_data": "452 full"},
        {"hangs_up_after_taking": True},
    ):
        async with mail_host(**trouble) as host:
            with pytest.raises(NotNow):
                await carrier(host).carry(letter())


async def test_a_server_that_hangs_or_is_not_there_is_for_now() -> None:
    async with mail_host(hangs=True) as host:
        with pytest.raises(NotNow):
            await carrier(host, seconds=0.2).carry(letter())
    with pytest.raises(NotNow):
        await carrier(host, seconds=1).carry(letter())


async def test_an_address_in_letters_that_the_server_cannot_write_is_for_good() -> None:
    async with mail_host() as host:
        with pytest.raises(RefusedForGood):
            await carrier(host).carry(letter(address="åse@example.org"))
    assert host.taken == []


async def test_the_way_is_sealed_or_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with mail_host() as plain:  # offers no TLS
        with pytest.raises(NotNow):
            await carrier(plain, "starttls").carry(letter())
    assert plain.taken == []
    assert not any(line.startswith(("MAIL", "RCPT")) for line in plain.heard)
    async with mail_host(tmp_path) as host:  # a certificate that nobody vouches for
        with pytest.raises(NotNow):
            await carrier(host, "starttls", "localhost").carry(letter())
        assert host.taken == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        await carrier(host, "starttls", "localhost").carry(letter())
        with pytest.raises(NotNow):  # vouched for, but of another name
            await carrier(host, "starttls").carry(letter())
    assert len(host.taken) == 1
