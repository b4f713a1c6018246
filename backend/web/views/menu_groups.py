"""What of a bar folds, in groups with a heading each, where there is so much that one list would be searched. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from backend.web.views.menu import MenuEntry

GROUPED_FROM = 7
"""Fewer entries are read at a glance."""
_GROUPS = (
    (
        "nav.group.field",
        ("/quick-report", "/work", "/verify", "/volunteer", "/hall", "/patrols", "/checks", "/self-handling", "/here"),
    ),
    ("nav.group.handling", ("/desk", "/committee", "/campaigns", "/emergencies", "/pickups")),
    ("nav.group.figures", ("/overview", "/board", "/indicators", "/evaluation", "/opinion")),
    ("nav.group.services", ("/shop", "/shops", "/inspections", "/policies", "/consultations", "/lifts", "/elders")),
    ("nav.group.administration", ("/duty-changes", "/codes", "/committee/volunteers", "/committee/hours")),
)
_REST = ""


class MenuGroup(NamedTuple):
    """`name`: the key of its heading; empty: it has none. `is_narrow`: nothing of it folds on a page."""

    name: str
    wide: Sequence["MenuEntry"]
    """What folds on a phone alone."""
    folded: Sequence["MenuEntry"]

    @property
    def is_narrow(self) -> bool:
        return not self.folded


def groups_of(wide: Sequence["MenuEntry"], folded: Sequence["MenuEntry"]) -> list[MenuGroup]:
    """What folds, by groups in their order; few entries are one group without a heading, and so is what is no page."""
    if len(wide) + len(folded) < GROUPED_FROM:
        return [MenuGroup(_REST, wide, folded)]
    made = [
        MenuGroup(
            name, [each for each in wide if _is_of(each, paths)], [each for each in folded if _is_of(each, paths)]
        )
        for name, paths in (*_GROUPS, (_REST, None))
    ]
    return [group for group in made if group.wide or group.folded]


def _is_of(entry: "MenuEntry", paths: Sequence[str] | None) -> bool:
    if paths is not None:
        return entry.path in paths
    return not any(entry.path in named for _, named in _GROUPS)
