"""The teller of the story: speaks REST and GraphQL as any of its people, and tells what comes of it."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
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

    async def rest(
        self, who: str | None, method: str, path: str, body: Any = None, *, refused: str | None = None
    ) -> Any:
        """A REST call that succeeds, or is refused with just this code."""
        answer = await self.http.request(method, path, json=body, headers=self.headers(who))
        found = answer.json() if answer.content else {}
        if refused is not None:
            if found.get("code") != refused:
                raise StoryBroke(f"{method} {path}: expected {refused}, got {answer.status_code} {found}")
            self.note(f"refused, REST {answer.status_code} {refused}: “{found['title']}” {found['next']}")
        elif answer.is_error:
            raise StoryBroke(f"{method} {path}: {answer.status_code} {found}")
        return found

    async def graphql(
        self, who: str | None, field_text: str, picks: str, *, refused: str | None = None, **variables: Any
    ) -> Any:
        """A GraphQL call of one field that succeeds, or is refused with just this code."""
        kind = "query" if field_text.startswith("?") else "mutation"
        call = field_text.removeprefix("?")
        picked = f"__typename ... on Problem {{ code title next rules }} {picks}"
        text = f"{kind} {{ it: {call} {{ {picked} }} }}"
        answer = await self.http.post("/graphql", json={"query": text}, headers=self.headers(who))
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
