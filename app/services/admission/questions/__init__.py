"""What each question refuses when it is put, beyond what every ballot refuses. One module per question.

A question's check locks what it is about, refuses by name, and answers its whole subject.
"""

from datetime import datetime
from typing import Protocol

from app.domain.admission.questions import Question, Subject
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.questions.admission import ask_admission
from app.services.admission.questions.end_date import ask_end_date
from app.services.admission.questions.exclusion import ask_exclusion
from app.services.admission.questions.ground_rules import ask_ground_rules
from app.services.admission.questions.longer_stay import ask_longer_stay
from app.services.admission.questions.open_for_new_people import ask_open_for_new_people
from app.services.ports.repositories import Seen


class Ask(Protocol):
    """May this be asked now, and what exactly is it about?"""

    async def __call__(
        self, tx: AdmissionUnitOfWork, seen: Seen, subject: Subject, closes_at: datetime, /
    ) -> Subject: ...


ASK: dict[Question, Ask] = {
    Question.OPEN_FOR_NEW_PEOPLE: ask_open_for_new_people,
    Question.ADMISSION: ask_admission,
    Question.END_DATE: ask_end_date,
    Question.GROUND_RULES: ask_ground_rules,
    Question.EXCLUSION: ask_exclusion,
    Question.LONGER_STAY: ask_longer_stay,
}
