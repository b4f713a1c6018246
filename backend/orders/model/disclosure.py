"""What an audience is told of people: names whole for staff and masked for others, reporters nameless. Pure.

A helper is told nobody's name but the own, and of the story what concerns the own work.
"""

import asyncpg

from backend.orders.model import rules
from backend.orders.model.audience import may_read_words
from backend.orders.model.states import Transition
from media.structs import Audience

_SHOWN_TO_HELPERS = (
    Transition.OPEN,
    Transition.RELEASE,
    Transition.REWORK,
    Transition.SOURCE_REWORK,
    Transition.DISPUTE,
    "clock",
)
"""How it came up, and why it comes back; what others did with it before is not theirs to know."""


def mask_name(name: str, audience: Audience) -> str:
    """A person's name as the audience may read it: whole for staff, none for a helper, 张* for everyone else."""
    if audience is Audience.STAFF:
        return name
    return name[:1] + "*" if name and audience is not Audience.HELPER else ""


def name_of(step: asyncpg.Record, opened_by_id: int | None, audience: Audience) -> str:
    """Who made a step (`actor_id`, `actor_role`, `actor_name`), as the audience may read it: a reporter has no name."""
    is_reporter = step["actor_role"] == rules.REPORTER or (
        step["actor_id"] is not None and step["actor_id"] == opened_by_id
    )
    return "" if is_reporter else mask_name(step["actor_name"] or "", audience)


def note_of(step: asyncpg.Record, audience: Audience, reader_id: int) -> str:
    """The words of a step (`move`, `note`, `actor_id`, `actor_role`), as far as this reader may know them."""
    is_own = step["actor_id"] == reader_id and (step["actor_role"] == rules.REPORTER or audience is Audience.HELPER)
    return step["note"] if may_read_words(audience, step["move"], is_own=is_own) else ""


def is_step_shown(step: asyncpg.Record, audience: Audience, reader_id: int) -> bool:
    """Whether a step (`move`, `actor_id`) is part of the story that this reader is told."""
    return audience is not Audience.HELPER or step["actor_id"] == reader_id or step["move"] in _SHOWN_TO_HELPERS
