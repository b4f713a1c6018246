"""What stops the publication of an answer."""

from backend.errors import Invalid, Listing, NotFound, Phrase


class ConsultationNotFound(NotFound):
    """Not there, not answered yet, or not for this reader."""

    code = "consultation-not-found"


class TopicUnknown(Invalid):
    code = "topic-unknown"


class QuestionMissing(Invalid):
    code = "question-missing"

    def __init__(self) -> None:
        super().__init__(field="question")


class PersonalDataLeft(Invalid):
    """A text for everybody still holds what a person is found by. `kinds`: of which sort, never the data itself."""

    code = "personal-data-left"

    def __init__(self, field: str, kinds: list[str]) -> None:
        named = [Phrase(f"personal-data-left.{kind}") for kind in kinds]
        super().__init__(values={"kinds": Listing(named)}, field=field, kinds=kinds)
