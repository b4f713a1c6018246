"""States of affairs that stop what is done with a campaign."""

from collections.abc import Sequence

from backend.campaigns.forms.checking import FormFault
from backend.campaigns.structs import CampaignState
from backend.errors import Conflict, Forbidden, Invalid, Listing, NotFound, Phrase


class CampaignNotFound(NotFound):
    """Not there, or not for this reader."""

    code = "campaign-not-found"


class CampaignForbidden(Forbidden):
    """Only whoever dispatches orders all over its area makes and changes a campaign."""

    code = "campaign-forbidden"


class CampaignAreaWrong(Invalid):
    """Not a district, a town or a committee of this reader's."""

    code = "campaign-area-wrong"


class CampaignTimesWrong(Invalid):
    """It ends before it begins, or a round is due after the next one began."""

    code = "campaign-times-wrong"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class CampaignStateWrong(Conflict):
    """What was to be done does not go with the state in which the campaign is."""

    code = "campaign-state-wrong"

    def __init__(self, state: CampaignState) -> None:
        super().__init__(values={"state": Phrase(f"campaign-state.{state.value}")}, state=state.value)


class CampaignNotReady(Conflict):
    """It cannot be started yet. `lacks`: form, targets, assignees or time."""

    code = "campaign-not-ready"

    def __init__(self, lacks: Sequence[str]) -> None:
        phrases = [Phrase(f"campaign-not-ready.{each}") for each in lacks]
        super().__init__(values={"lacks": Listing(phrases)}, lacks=list(lacks))


class CampaignFormWrong(Invalid):
    """A form that is not sound. `faults`: fields, and why."""

    code = "campaign-form-wrong"

    def __init__(self, faults: Sequence[FormFault]) -> None:
        phrases = [Phrase(f"campaign-form-wrong.{each.why.value}", {"key": each.field}) for each in faults]
        super().__init__(
            values={"faults": Listing(phrases, "list.semicolon")},
            faults=[{"field": each.field, "why": each.why.value} for each in faults],
        )


class CampaignFieldsTooMany(Invalid):
    code = "campaign-fields-too-many"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class CampaignFieldUnknown(NotFound):
    code = "campaign-field-unknown"


class CampaignFieldInUse(Conflict):
    """Another field depends on it, or on the answer that is to go, or stands before it then."""

    code = "campaign-field-in-use"

    def __init__(self, by: str) -> None:
        super().__init__(by=by)


class CampaignFormForeign(Invalid):
    """A form of another campaign."""

    code = "campaign-form-foreign"


class CampaignTaskNotFound(NotFound):
    """Not there, or not this person's to do."""

    code = "campaign-task-not-found"


class CampaignOver(Conflict):
    """It ended before this was filled in."""

    code = "campaign-over"


class CampaignKeyUsed(Conflict):
    """The phone sent something else under this key."""

    code = "idempotency-key-used"
    text = "campaign-key-used"


class CampaignTargetNotFound(NotFound):
    code = "campaign-target-not-found"


class TargetsTooMany(Invalid):
    code = "campaign-targets-too-many"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class TargetKindUnknown(Invalid):
    code = "campaign-target-kind-unknown"


class TargetOutside(Invalid):
    """The place lies outside of the campaign's area."""

    code = "campaign-target-outside"


class TargetTwice(Conflict):
    """The place is a target of this campaign already."""

    code = "campaign-target-twice"


class AssigneeUnknown(Invalid):
    """No such role, unit or person goes anywhere, or not within the area."""

    code = "campaign-assignee-unknown"


class CampaignRecordNotFound(NotFound):
    code = "campaign-record-not-found"


class PersonalErased(Conflict):
    """Its term is over: what was sealed is destroyed."""

    code = "campaign-personal-erased"
