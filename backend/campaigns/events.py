"""Facts about campaigns, in the past tense. None carries an answer or a name.

`area_code`: that of the campaign, of a record that of its target. `acted_by_id`: who did it; None where the clock did.
"""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class CampaignFact(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "campaign"
    campaign_id: int
    name_zh: str
    name_en: str
    acted_by_id: int | None = None


class CampaignStarted(CampaignFact, frozen=True, kw_only=True):
    """Whoever goes hears of it, each once, however many targets they have. `due_at`: of the first round.

    `emergency_id`: what started it, where an emergency did.
    """

    starts_at: datetime
    due_at: datetime
    targets: int
    mode: str
    emergency_id: int | None = None


class CampaignEnded(CampaignFact, frozen=True, kw_only=True):
    emergency_id: int | None = None


class CampaignRoundOpened(CampaignFact, frozen=True, kw_only=True):
    """`subject_id`: the round's."""

    subject: ClassVar[str] = "campaign_round"
    number: int
    tasks: int


class CampaignRoundDueSoon(CampaignFact, frozen=True, kw_only=True):
    """So many tasks of a round are open, and its deadline is near."""

    subject: ClassVar[str] = "campaign_round"
    number: int
    due_at: datetime
    open_tasks: int


class CampaignRoundMissed(CampaignFact, frozen=True, kw_only=True):
    """At the deadline of a round these targets were not done: `missed` of `tasks`."""

    subject: ClassVar[str] = "campaign_round"
    number: int
    tasks: int
    missed: int
    target_ids: tuple[int, ...]


class CampaignRecordFiled(Fact, frozen=True, kw_only=True):
    """Somebody filled in the form at a target. `outcome`: done, or again. `order_ids`: to what it led."""

    subject: ClassVar[str] = "campaign_record"
    campaign_id: int
    target_id: int
    task_id: int
    outcome: str
    captured_at: datetime
    order_ids: tuple[int, ...] = ()
    acted_by_id: int | None = None


class CampaignSealedRead(Fact, frozen=True, kw_only=True):
    """Somebody opened what is sealed of a record, or the contact of a target. `part`: answers or contact."""

    subject: ClassVar[str] = "campaign"
    part: str
    record_id: int | None = None
    target_id: int | None = None
    acted_by_id: int | None = None
