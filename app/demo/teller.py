"""The teller of the story: speaks REST and GraphQL as any of its people, and tells what comes of it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

Say = Callable[[str], None]
Mint = Callable[[str], str]


class StoryBroke(RuntimeError):
    """A step did not go as it has to."""


@dataclass
class Teller:
    """Speaks both languages of the service, as one of the story's people."""

    http: httpx.AsyncClient
    mint: Mint
    say: Say
    run: str = field(default_factory=lambda: secrets.token_hex(3))
    number: int = 0
    tokens: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    """Of what was read last, for changes that build on it."""
    ahead: timedelta = timedelta()
    """How far the server's clock is ahead of ours, to the second."""

    def chapter(self, title: str) -> None:
        """A new chapter begins."""
        self.say("")
        self.say(f"== {title} ==")

    def step(self, words: str) -> None:
        """Tell what happens."""
        self.number += 1
        self.say(f"{self.number:3}. {words}")

    def note(self, words: str) -> None:
        """Tell what came of it."""
        self.say(f"       {words}")

    def headers(self, who: str | None) -> dict[str, str]:
        """This person's token, and English words."""
        if who is None:
            return {"Accept-Language": "en"}
        if who not in self.tokens:
            subject = who if who == "nora" else f"story-{self.run}-{who}"
            self.tokens[who] = self.mint(subject)
        return {"Accept-Language": "en", "Authorization": f"Bearer {self.tokens[who]}"}

    def server_now(self) -> datetime:
        """What the server's clock says, as far as its last answer told."""
        return datetime.now(UTC) + self.ahead

    async def rest(
        self,
        who: str | None,
        method: str,
        path: str,
        body: Any = None,
        *,
        as_read: bool = False,
        refused: str | None = None,
    ) -> Any:
        """A REST call that succeeds, or is refused with just this code. `as_read`: it changes what was read last."""
        headers = self.headers(who) | ({"If-Match": self.etag} if as_read else {})
        answer = await self.http.request(method, path, json=body, headers=headers)
        self._notice(answer)
        found = answer.json() if answer.content else {}
        if refused is not None:
            if found.get("code") != refused:
                raise StoryBroke(f"{method} {path}: expected {refused}, got {answer.status_code} {found}")
            self.note(f"refused, REST {answer.status_code} {refused}: “{found['title']}” {found['next']}")
        elif answer.is_error:
            raise StoryBroke(f"{method} {path}: {answer.status_code} {found}")
        return found

    async def quietly(self, who: str, method: str, path: str, refused: str) -> dict[str, Any]:
        """A REST call that is refused with just this code, without a word; what the refusal says, but for its own id."""
        say, self.say = self.say, lambda _: None
        try:
            found = await self.rest(who, method, path, refused=refused)
        finally:
            self.say = say
        return {name: value for name, value in found.items() if name != "instance"}

    async def graphql(
        self, who: str | None, field_text: str, picks: str, *, refused: str | None = None, **variables: Any
    ) -> Any:
        """A GraphQL call of one field that succeeds, or is refused with just this code."""
        kind = "query" if field_text.startswith("?") else "mutation"
        call = field_text.removeprefix("?")
        picked = f"__typename ... on Problem {{ code title next rules }} {picks}"
        text = f"{kind} {{ it: {call} {{ {picked} }} }}"
        answer = await self.http.post("/graphql", json={"query": text}, headers=self.headers(who))
        self._notice(answer)
        found = answer.json()
        if "errors" in found:
            raise StoryBroke(f"{field_text}: {found['errors']}")
        it = found["data"]["it"]
        if refused is not None:
            if it.get("code") != refused:
                raise StoryBroke(f"{field_text}: expected {refused}, got {it}")
            self.note(f"refused, GraphQL Problem {refused}: “{it['title']}” {it['next']}")
        elif it["__typename"] == "Problem":
            raise StoryBroke(f"{field_text}: {it}")
        return it

    async def introduce(self, who: str, organisation: str) -> str:
        """Somebody introduces themselves and registers; their id."""
        me = await self.rest(
            who, "PUT", "/v1/me", {"chosen_name": who.title(), "languages": ["en"], "i_am_of_age": True}
        )
        await self.rest(
            who, "PUT", f"/v1/organisations/{organisation}/my-registration", {"name": who.title()}
        )
        return str(me["id"])

    async def promise(self, who: str, organisation: str) -> None:
        """Promise confidentiality to an organisation."""
        signature = {"signature": await self.signature(who)}
        await self.rest(who, "PUT", f"/v1/organisations/{organisation}/my-declaration", signature)

    async def vote_all(self, people: tuple[str, ...], ballot: str, *, against: str | None = None) -> str:
        """Everybody votes for, but for one perhaps, by both ways in turn; what has become of the ballot."""
        status = "open"
        for index, who in enumerate(people):
            if status != "open":
                raise StoryBroke("the ballot closed before everyone had voted")
            choice = "against" if who == against else "for"
            if index % 2:
                call = f'castVote(ballotId: "{ballot}", choice: {choice.upper()})'
                answer = await self.graphql(who, call, "... on Ballot { status }")
            else:
                answer = await self.rest(who, "PUT", f"/v1/ballots/{ballot}/my-vote", {"choice": choice})
            status = str(answer["status"]).lower()
        return status

    async def sign(self, who: str, group: str) -> None:
        """Sign the declaration in a group."""
        signature = await self.signature(who)
        await self.rest(who, "POST", f"/v1/groups/{group}/declarations", {"signature": signature})

    async def signature(self, who: str) -> dict[str, str]:
        """A signature under the text that holds now."""
        text = await self.rest(None, "GET", "/v1/declaration?language=en")
        return {
            "text_version": text["version"],
            "language": "en",
            "text_sha256": text["sha256"],
            "typed_name": who.title(),
        }

    def _notice(self, answer: httpx.Response) -> None:
        self.etag = answer.headers.get("ETag", self.etag)
        told = answer.headers.get("Date")
        if told is not None:
            self.ahead = parsedate_to_datetime(told) - datetime.now(UTC).replace(microsecond=0)
