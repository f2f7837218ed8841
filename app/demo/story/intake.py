"""Intake: a code that holds nothing about anyone, a conversation, one's own word, and other help."""

from typing import Any

from app.demo.story.course import SIGNED_UP
from app.demo.story.scene import Scene, require

_WISHES = '{forms: [IN_PERSON], area: "Storyby", language: "nb", theme: "Grief"}'


async def tell(s: Scene) -> None:
    """Eli comes with a code and has a conversation; Gro is shown other help; the four from the course declare."""
    t = s.t
    await _a_code(s)
    t.step("Eli asks for a conversation, with a few words of her own (REST).")
    talk = await _conversation(s, "eli", "Since my sister died I don't know where to put it.")
    await _what_each_sees(s, talk)
    held = await t.graphql(
        "ivar",
        f'completeAssessment(assessmentId: "{talk}", outcome: GROUP, points: [{{key: LISTENS, answer: YES}}])',
        "... on AssessmentStep { stage outcome { outcome method } }",
    )
    t.note(f"Ivar holds it and records the outcome (GraphQL): {held['outcome']['outcome'].lower()}.")
    await _other_help(s)
    await s.declare_ready(*SIGNED_UP)
    t.step("The four from the course need no conversation: they declare themselves ready (I-01).")


async def _a_code(s: Scene) -> None:
    t = s.t
    t.step("Kari gets a code for the doctor's surgery (REST). It holds nothing about anyone (A-06).")
    given = await t.rest("kari", "POST", f"{s.centre}/recommendations", {"how_many": 1})
    (code,) = given["codes"]
    await s.introduce("eli")
    call = (
        f'activateRecommendation(organisationId: "{s.organisation}", code: "{code}", wishes: {_WISHES},'
        " iAmOfAge: true)"
    )
    picks = "... on Interest { theme }"
    await t.graphql("eli", call, picks)
    t.step("Eli was given it, and it becomes an interest of her own (GraphQL). Gro tries the same code:")
    await s.introduce("gro")
    await t.graphql("gro", call, picks, refused="intake.code_not_usable")
    receipts = await t.rest("kari", "GET", f"{s.centre}/recommendations")
    t.note(f"Kari sees {receipts['items'][0]['status']}, and never whether it was used (P-h1).")


async def _conversation(s: Scene, who: str, own_words: str) -> str:
    """Ask for one, and have Ivar appointed; its id."""
    t = s.t
    asked = await t.rest(who, "POST", f"{s.centre}/assessments", {"own_words": own_words})
    await t.graphql(
        "kari",
        f'appointInterviewer(assessmentId: "{asked["id"]}", version: {asked["version"]},'
        f' interviewerId: "{s.people["ivar"]}", startsAt: "{s.soon()}", form: IN_PERSON, place: "The centre")',
        "... on AssessmentStep { stage }",
    )
    return str(asked["id"])


async def _what_each_sees(s: Scene, talk: str) -> None:
    t = s.t
    for_kari: Any = await t.rest("kari", "GET", f"/v1/assessments/{talk}")
    for_ivar: Any = await t.rest("ivar", "GET", f"/v1/assessments/{talk}")
    require(for_kari["own_words"] is None, "the coordinator sees what was confided")
    require(for_ivar["own_words"] is not None, "the interviewer doesn't see what was confided to him")
    for_eli: Any = await t.rest("eli", "GET", f"/v1/assessments/{talk}")
    t.note(
        f"Kari finds Ivar for it, and can't read the words; he can. Eli sees who has looked: {len(for_eli['readings'])}."
    )
    t.note("Kari tries to decide it herself:")
    await t.rest(
        "kari",
        "POST",
        f"/v1/assessments/{talk}/outcome",
        {"outcome": "group"},
        refused="intake.only_the_interviewer",
    )


async def _other_help(s: Scene) -> None:
    t = s.t
    t.step("Gro has a conversation, too, and it ends in other help. Not without showing some (I-03):")
    talk = await _conversation(s, "gro", "I don't know whom to ask.")
    path, outcome = f"/v1/assessments/{talk}/outcome", {"outcome": "other_help"}
    await t.rest("ivar", "POST", path, outcome, refused="intake.signposting_needed")
    done = await t.rest("ivar", "POST", path, outcome | {"signposted_to": ["no_mental_helse"]})
    shown = [each["name"] for each in done["help"] if each["key"] in done["outcome"]["signposted_to"]]
    t.note(f"Gro is shown: {', '.join(shown)}. How heavy a burden is has no field anywhere (I-09).")
