"""What campaigns take and give. Instants in UTC, days Shanghai's, areas by the beginning of their code."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.accounts.structs import Role
from backend.campaigns.forms.fields import FormContent
from backend.structs import Read, Write
from backend.words import CAMPAIGN_ABOUT, CAMPAIGN_NAME_EN, CAMPAIGN_NAME_ZH, at_most

HOURS_MOST, PERSONAL_DAYS = 8760, 30
ASSIGNEES_MOST = 60


class CampaignKind(StrEnum):
    FLOOD = "flood"
    FIRE = "fire"
    EPIDEMIC = "epidemic"
    VISIT = "visit"
    INSPECTION = "inspection"
    OTHER = "other"


class CampaignMode(StrEnum):
    """平 / 急."""

    USUAL = "usual"
    EMERGENCY = "emergency"


class CampaignState(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"
    ARCHIVED = "archived"


class Assignee(Read, frozen=True, kw_only=True):
    """Who goes, within an area: whoever holds a role, the handlers of a unit, or a person. One of the three."""

    area_code: str
    role: Role | None = None
    unit_id: int | None = None
    account_id: int | None = None


class CampaignSettings(Write, frozen=True, kw_only=True):
    """All of a campaign but its form, targets and who goes.

    A round begins every `every_h` hours (24: daily), or once; its tasks are due `due_within_h` hours later, which is no
    longer than until the next one. What is sealed is destroyed `personal_days` days after it was said; of these roles
    (within the target's area) others than whoever said it may open it.
    """

    name_zh: Annotated[str, at_most(CAMPAIGN_NAME_ZH, 1)]
    name_en: Annotated[str, at_most(CAMPAIGN_NAME_EN)] = ""
    about: Annotated[str, at_most(CAMPAIGN_ABOUT)] = ""
    kind: CampaignKind = CampaignKind.OTHER
    mode: CampaignMode = CampaignMode.USUAL
    starts_at: Annotated[datetime, Meta(tz=True)]
    ends_at: Annotated[datetime, Meta(tz=True)]
    every_h: Annotated[int, Meta(ge=1, le=HOURS_MOST)] | None = None
    due_within_h: Annotated[int, Meta(ge=1, le=HOURS_MOST)] = 24
    personal_days: Annotated[int, Meta(ge=1, le=365)] = PERSONAL_DAYS
    personal_roles: Annotated[list[Role], Meta(max_length=6)] = []


class NewCampaign(Write, frozen=True, kw_only=True):
    area_code: str
    settings: CampaignSettings
    content: FormContent = FormContent()
    assignees: Annotated[list[Assignee], Meta(max_length=ASSIGNEES_MOST)] = []
    template_code: str = ""
    copied_from_id: int | None = None
    emergency_id: int | None = None
    """What starts it."""


class CampaignTemplate(Read, frozen=True, kw_only=True):
    """样板: a campaign as it ships, to be made one's own. `lasts_days`: from the start to the end."""

    code: str
    kind: CampaignKind
    mode: CampaignMode
    name_zh: str
    name_en: str
    about_zh: str
    about_en: str
    lasts_days: int
    every_h: int | None
    due_within_h: int
    personal_days: int
    personal_roles: list[Role]
    roles: list[Role]
    """Who goes, all over the area."""
    content: FormContent


class CampaignView(Read, frozen=True, kw_only=True):
    """`form_id`, `form_version`: the form by which is filled in now."""

    id: int
    version: int
    area_code: str
    kind: CampaignKind
    mode: CampaignMode
    name_zh: str
    name_en: str
    about: str
    state: CampaignState
    starts_at: datetime
    ends_at: datetime
    every_h: int | None
    due_within_h: int
    personal_days: int
    personal_roles: list[Role]
    started_at: datetime | None
    ended_at: datetime | None
    closing_note: str
    form_id: int
    form_version: int
    template_code: str = ""
    """Out of which template it was made, first or by copies."""
    copied_from_id: int | None = None
    emergency_id: int | None = None
    """The emergency that started it."""

    @property
    def is_over(self) -> bool:
        return self.state in (CampaignState.ENDED, CampaignState.ARCHIVED)


class ListedCampaign(CampaignView, frozen=True, kw_only=True):
    """With how many targets it has, and of the round that runs or ran last how many are done."""

    targets: int
    tasks: int
    done: int
    troubles: int
