"""The spoken language of public opinion. Weeks are called by their Monday; areas are towns and committees."""

from datetime import date, datetime
from enum import StrEnum

from backend.structs import Read


class WarningVerdict(StrEnum):
    """What the desk says of a warning."""

    USEFUL = "useful"
    FALSE_ALARM = "false_alarm"


class MatterStanding(StrEnum):
    """What became of a warning."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    PUT_ASIDE = "put_aside"


class MatterStepKind(StrEnum):
    """What was done with a matter: the clock raised it, people said or did the rest."""

    RAISED = "raised"
    USEFUL = "useful"
    FALSE_ALARM = "false_alarm"
    TAKEN_UP = "taken_up"
    PUT_ASIDE = "put_aside"


class MatterStepView(Read, frozen=True, kw_only=True):
    """Who did what with a matter. `by`: a name; empty where the clock did. `number`: of the order it was given to."""

    kind: MatterStepKind
    at: datetime
    by: str
    reason: str
    order_id: int | None
    number: str


class OpinionWordCount(Read, frozen=True, kw_only=True):
    """A word in a week: reporters and orders that said it, and how many reporters were to be expected.

    `times`: how many times as often as in the eight weeks before, between `times_low` and `times_high` (95 %).
    `score`: G² against those weeks, above 0 where it rises. `by_week`: reporters in each of the last twelve weeks.
    `word_id`: 0 in a district, whose towns each have words of their own; it was said in so many `towns`.
    """

    word_id: int
    word: str
    is_place: bool
    reporters: int
    orders: int
    before: int
    expected: float
    times: float
    times_low: float
    times_high: float
    score: float
    is_new: bool
    by_week: tuple[int, ...] = ()
    towns: int = 1


class OpinionMatter(Read, frozen=True, kw_only=True):
    """苗头: words that rise together. In `days` to `last_on` so many reporters said it, at so many `spots`.

    `is_warned`: the town's desk was notified. Until `quiet_until` it is not raised again.
    """

    id: int
    area_code: str
    word_ids: tuple[int, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]
    first_on: date
    last_on: date
    orders: int
    reporters: int
    expected: float
    surprise: float
    false_discovery: float
    warned_at: datetime | None
    verdict: WarningVerdict | None
    days: int
    spots: int
    sources: dict[str, int]
    standing: MatterStanding
    quiet_until: date | None

    @property
    def is_warned(self) -> bool:
        return self.warned_at is not None


class OpinionWeek(Read, frozen=True, kw_only=True):
    """An area in a week beside the eight weeks before. `weeks_known`: in how many of those anything was said."""

    area_code: str
    week: date
    reporters: int
    orders: int
    before_reporters: int
    weeks_known: int
    hot: tuple[OpinionWordCount, ...]
    new: tuple[OpinionWordCount, ...]
    places: tuple[OpinionWordCount, ...]
    matters: tuple[OpinionMatter, ...]


class WarningTradeoff(Read, frozen=True, kw_only=True):
    """What a town would get that accepted so many warnings by chance in four weeks, by its own replayed past.

    `needed`: how many voices in seven days a matter needs that has `usual` in seven days, of those of the last weeks.
    """

    accepted: float
    threshold: float | None
    by_chance: float | None
    by_chance_high: float | None
    needed: tuple[int, ...] = ()


class WarningRates(Read, frozen=True, kw_only=True):
    """How often a town is warned for nothing: by what it accepts, by chance in its replayed past, and by its desk.

    `threshold`: from which surprise on it is warned; None: the past is too short, and nothing is warned of.
    `by_chance`: warnings in four weeks that chance alone makes there, at most `by_chance_high` (95 %).
    """

    accepted_per_month: float
    threshold: float | None
    by_chance: float | None
    by_chance_high: float | None
    replayed_days: int
    replayed_at: datetime | None
    warnings: int
    useful: int
    false_alarms: int
    quiet_days: int
    tradeoffs: tuple[WarningTradeoff, ...]
