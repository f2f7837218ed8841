"""A letter as a mail: plain text and simple HTML, which say the same, and nothing of whom or what it is about.

Identical for all letters of one tone and language but for its addresses and, where an answer is wanted, a time. No name of
a person, of an organisation or of ours but what the sender's address says; no picture, nothing that is loaded, nothing
that tells whether it was read.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from zoneinfo import ZoneInfo

from app.services.ports.carrier import Letter
from app.services.ports.texts import Words

_TOPIC = "messages"
# Folding would break the address of turning off into encoded words, which no mail program puts together again.
POLICY = SMTP.clone(max_line_length=900)
_DAYS = {"nb": "EEEE d. MMMM", "nn": "EEEE d. MMMM", "da": "EEEE 'den' d. MMMM", "en": "EEEE d MMMM"}
"""How a day is written out."""
_HTML = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{subject}</title></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;color:#1c1c1c;font:16px/1.5 sans-serif">
<div style="max-width:32em;margin:0 auto">
{paragraphs}
<p style="margin:24px 0"><a href="{link}" style="display:inline-block;padding:12px 20px;border-radius:4px;\
background:#1d4e6b;color:#ffffff;text-decoration:none">{open}</a></p>
<p style="margin:32px 0 0;color:#555555;font-size:14px">{why}<br>
<a href="{turn_off}" style="color:#1d4e6b">{off}</a></p>
</div>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes mails in the reader's language. `sender`: an address, with a name before it or without."""

    words: Words
    sender: str

    @property
    def sender_address(self) -> str:
        """The bare address."""
        return parseaddr(self.sender)[1]

    @property
    def domain(self) -> str:
        """Where the sender is."""
        return self.sender_address.rpartition("@")[2]

    def mail(self, letter: Letter, now: datetime) -> EmailMessage:
        """The mail of a letter; `now` is what stands in its `Date`."""
        language = letter.language
        mail = EmailMessage(policy=POLICY)
        mail["From"] = self.sender
        mail["To"] = letter.address
        mail["Subject"] = self._say("subject", language)
        mail["Date"] = format_datetime(
            now.astimezone(UTC), usegmt=True
        )  # of the reader's zone it tells nothing
        mail["Message-ID"] = self.message_id(letter)
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail["List-Unsubscribe"] = f"<{letter.turn_off}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(self.text(letter), cte="quoted-printable")
        mail.add_alternative(self.html(letter), subtype="html", cte="quoted-printable")
        mail["Content-Language"] = language
        return mail

    def message_id(self, letter: Letter) -> str:
        """The same at each attempt, so that a mail that comes twice is known; of the letter's own id it tells nothing."""
        return f"<{hashlib.sha256(b'mail|' + letter.id.bytes).hexdigest()[:40]}@{self.domain}>"

    def text(self, letter: Letter) -> str:
        """The plain text."""
        say, language = self._say, letter.language
        parts = [
            *self._paragraphs(letter),
            f"{say('open', language)}: {letter.link}",
            f"{say('why', language)}\n{say('turn_off', language)}: {letter.turn_off}",
        ]
        return "\n\n".join(parts) + "\n"

    def html(self, letter: Letter) -> str:
        """The same in HTML."""
        say, language = self._say, letter.language
        return _HTML.format(
            language=language,
            subject=escape(say("subject", language)),
            paragraphs="\n".join(f"<p>{escape(each)}</p>" for each in self._paragraphs(letter)),
            link=escape(letter.link),
            open=escape(say("open", language)),
            why=escape(say("why", language)),
            turn_off=escape(letter.turn_off),
            off=escape(say("turn_off", language)),
        )

    def _paragraphs(self, letter: Letter) -> list[str]:
        said = [self._say(f"tones.{letter.tone}", letter.language)]
        if letter.answer_by is not None:
            # With what it needs a megabyte, which only a process that writes letters has a use for.
            from babel.dates import format_date

            local = letter.answer_by.astimezone(ZoneInfo(letter.time_zone))
            said.append(
                self._say(
                    "answer_by",
                    letter.language,
                    day=format_date(local, _DAYS[letter.language], locale=letter.language),
                    clock=f"{local:%H:%M}",
                )
            )
        return said

    def _say(self, key: str, language: str, **facts: str) -> str:
        return self.words.say(_TOPIC, key, language, **facts)
