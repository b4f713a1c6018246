"""What somebody who goes sees of a task. Instants in UTC, positions WGS-84."""

from datetime import datetime
from enum import StrEnum

from backend.campaigns.forms.fields import FormContent
from backend.campaigns.structs import CampaignMode
from backend.geo.lonlat import LonLat
from backend.structs import Read


class CampaignTaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    MISSED = "missed"


class OwnTask(Read, frozen=True, kw_only=True):
    """A target that is to be visited in a round that runs. No contact: whoever goes opens it, and that is recorded."""

    id: int
    campaign_id: int
    campaign_zh: str
    campaign_en: str
    mode: CampaignMode
    round: int
    due_at: datetime
    label: str
    kind: str
    kind_zh: str
    kind_en: str
    area_code: str
    area: str
    place_id: int | None
    point: LonLat
    state: CampaignTaskState
    tries: int
    has_contact: bool
    is_own: bool
    """It is given to this person alone."""
    form_id: int
    """The version of the form by which it is filled in now."""
    until: datetime
    """When the campaign ends: from then on there is nothing to do here."""


class OwnTaskDetail(Read, frozen=True, kw_only=True):
    """A task with the form by which it is filled in."""

    task: OwnTask
    about: str
    form_id: int
    content: FormContent
