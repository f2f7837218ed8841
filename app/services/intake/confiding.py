"""What is confided in an intake conversation: sealed for its place, never searched or scored (I-h4)."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.intake.assessment import Assessment
from app.domain.intake.criteria import Answer, Criterion
from app.domain.intake.interest import kept_for
from app.services.intake.assessment_views import Confided, PointView
from app.services.intake.ports import IntakeUnitOfWork
from app.services.ports.vault import Place, Vault

OWN_WORDS, NOTE, POINTS, REMARK = "own_words", "note", "points", "remark"


@dataclass(frozen=True, slots=True)
class Point:
    """How one point stood."""

    key: Criterion
    answer: Answer


async def confide(
    tx: IntakeUnitOfWork, vault: Vault, assessment: Assessment, kind: str, words: str, days: int
) -> None:
    """Seal words of one kind for this conversation, for so many days."""
    sealed = vault.seal(assessment.person_id, _place(assessment, kind), words)
    await tx.assessments.confide(assessment.id, kind, sealed, kept_for(tx.now, days))


async def remark(tx: IntakeUnitOfWork, vault: Vault, assessment: Assessment, words: str) -> bool:
    """Seal the person's remark beside what was written about them, to go with it; False where nothing of that is kept."""
    found = await tx.assessments.confided(assessment.id, tx.now)
    until = [gone_at for kind, (_, gone_at) in found.items() if kind in (NOTE, POINTS)]
    if until:
        sealed = vault.seal(assessment.person_id, _place(assessment, REMARK), words)
        await tx.assessments.confide(assessment.id, REMARK, sealed, max(until))
    return bool(until)


async def confided(tx: IntakeUnitOfWork, vault: Vault, assessment: Assessment, now: datetime) -> Confided:
    """What has not had its time."""
    found = await tx.assessments.confided(assessment.id, now)
    words = {kind: vault.open(_place(assessment, kind), sealed) for kind, (sealed, _) in found.items()}
    return Confided(
        own_words=words.get(OWN_WORDS),
        note=words.get(NOTE),
        remark=words.get(REMARK),
        points=_points(words.get(POINTS)),
        until=min((gone_at for _, gone_at in found.values()), default=None),
    )


def _place(assessment: Assessment, kind: str) -> Place:
    return Place(assessment.organisation_id, "assessment_text", "sealed", (assessment.id, kind))


def written(points: list[Point]) -> str:
    """Points as one text, to be sealed."""
    return "\n".join(f"{point.key}={point.answer}" for point in points)


def _points(text: str | None) -> list[PointView]:
    pairs = (line.split("=", 1) for line in (text or "").splitlines())
    return [PointView(key=Criterion(key), answer=Answer(answer)) for key, answer in pairs]
