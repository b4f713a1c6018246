"""What stops an inspection or a move of a finding."""

from backend.errors import Conflict, Forbidden, Invalid, NotFound
from shops.inspections.states import FindingState


class InspectingForbidden(Forbidden):
    """Not one of those who inspect there, or somebody of the shop itself."""

    code = "inspecting-forbidden"


class ChecklistNotFound(NotFound):
    code = "checklist-not-found"


class PointForeign(Invalid):
    """A point of another check list, or one that is named twice."""

    code = "checklist-point-foreign"


class FindingPhotoMissing(Invalid):
    """A finding, or the answer to it, without a photo."""

    code = "finding-photo-missing"


class FindingReasonMissing(Invalid):
    code = "finding-reason-missing"


class FindingNotFound(NotFound):
    code = "finding-not-found"


class FindingMoveForbidden(Conflict):
    """The state of the finding does not allow the move any more."""

    code = "finding-move-forbidden"

    def __init__(self, state: FindingState) -> None:
        super().__init__(state=state.value)


class FindingNotYours(Forbidden):
    """The move is for somebody else: the shop, an inspector, or a panel without whoever found it."""

    code = "finding-not-yours"


class AppealedBefore(Conflict):
    """A panel has looked at it once."""

    code = "finding-appealed-before"


class InspectionKeyUsed(Conflict):
    """Another inspection was sent under this key."""

    code = "inspection-key-used"
