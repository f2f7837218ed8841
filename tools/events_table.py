"""The catalogue of events in docs/events.md, from the code: `python -m tools.events_table` writes it anew."""

from pathlib import Path

from app.domain.events.catalogue import CATALOGUE
from app.domain.events.event_type import Known
from tools import guides

DOCUMENT = Path(__file__).parent.parent / "docs" / "events.md"
BEGIN, END = "<!-- catalogue: written by tools.events_table -->", "<!-- end of the catalogue -->"
WHO = {
    Known.EVERYBODY: "everybody: coordinators, administrators, and systems with `events.read`",
    Known.COURSE_READERS: "coordinators, and systems with `events.read` and `courses.read`",
    Known.COORDINATORS: "coordinators",
    Known.ADMINISTRATORS: "administrators",
    Known.COMPOSER: "whoever composes the group; in no feed",
    Known.GROUP: "the group alone; in no feed",
    Known.CONCERNED: "the person and whoever helps them; in no feed",
}


def table() -> str:
    """The catalogue as Markdown, by who may know."""
    lines = ["| type | what happened | ids in `data` | who may know |", "|---|---|---|---|"]
    for known in Known:
        for each in CATALOGUE.values():
            if each.known is known:
                ids = ", ".join(f"`{name}_id`" for name in each.carries)
                lines.append(f"| `{each.name}` | {each.says} | {ids} | {WHO[known]} |")
    return "\n".join(lines)


def document() -> str:
    """The whole page, with the catalogue as it is now."""
    text = DOCUMENT.read_text("utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
    guides.write()
