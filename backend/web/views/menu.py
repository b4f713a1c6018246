"""主导航: what the bar of a reader's pages holds, most needed first, and what of it folds under 更多. Pure.

How wide a bar will be is estimated in letters, since the server sees no screen: one row on a phone of 375 px, and one
on a page of 640 px. What folds on the phone and fits the page stands in both places, and styles show one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from backend.accounts.permissions import Permission, may
from backend.accounts.structs import Actor, Role
from backend.campaigns import rules as campaigns
from backend.committees.patrols import rules as patrols
from backend.consultations.queries import RELEASERS
from backend.elder_care import access as care
from backend.lifts import access as lifts
from backend.orders.model.states import Transition
from backend.orders.model.transition_table import rule_of
from backend.web.i18n import catalogue
from backend.web.views.homes import home_of
from backend.web.views.menu_groups import MenuGroup, groups_of

INBOX, SIGN_OUT = "/inbox", "/sign-out"
_ABOUT_VOLUNTEERS = tuple(f"/committee/{name}" for name in ("volunteers", "hours", "goods", "pairs"))
_FIRST_WIDE = 0x2E80
"""From this character on a letter is as wide as it is high."""
_GAP_EM, _LEAST_EM, _BADGE_EM, _FOLD_EM = 0.75, 2.6, 2.6, 3.0
_PHONE_EM, _PAGE_EM = 20.0, 35.0
_PHONE_BIG_EM, _PAGE_BIG_EM = 15.5, 27.5
Test = Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    path: str
    name: str
    """The key of its words."""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A bar: what stands in it on any screen, what besides where there is room, and what folds there, too."""

    shown: Sequence[MenuEntry] = ()
    wide: Sequence[MenuEntry] = ()
    folded: Sequence[MenuEntry] = ()

    @property
    def on_phones(self) -> Sequence[MenuEntry]:
        """What folds on a phone."""
        return (*self.wide, *self.folded)

    @property
    def groups(self) -> Sequence[MenuGroup]:
        """The same in groups."""
        return groups_of(self.wide, self.folded)


def self_handles_anywhere(actor: Actor) -> bool:
    """Whether somebody closes at once what he or she reports somewhere."""
    return actor.has_role(*rule_of(Transition.SELF_HANDLE).roles)


def _role(*roles: Role) -> Test:
    return lambda actor: actor.has_role(*roles)


def _may(*permissions: Permission) -> Test:
    return lambda actor: any(may(actor, permission) for permission in permissions)


def _only_reads_desk(actor: Actor) -> bool:
    return may(actor, Permission.READ_DESK) and not may(actor, Permission.DISPATCH_ORDERS)


def _only_reviews(actor: Actor) -> bool:
    return may(actor, Permission.REVIEW_REWARDS) and not may(actor, Permission.KEEP_VOLUNTEERS)


_SHOP_CHECKS = "/inspections"
_ENTRIES: tuple[tuple[str, str, Test], ...] = (
    ("/quick-report", "nav.quick_report", self_handles_anywhere),
    ("/work", "nav.work", _role(Role.HANDLER)),
    ("/desk", "nav.desk", _may(Permission.DISPATCH_ORDERS)),
    ("/committee", "nav.committee", _role(Role.COMMITTEE)),
    ("/overview", "nav.overview", _may(Permission.READ_OVERVIEW)),
    ("/board", "nav.wall", _may(Permission.READ_OVERVIEW)),
    ("/verify", "nav.verify", _may(Permission.VERIFY_ORDERS)),
    ("/volunteer", "nav.volunteer", _role(Role.VOLUNTEER)),
    ("/hall", "nav.hall", _may(Permission.GRAB_ORDERS)),
    ("/shop", "nav.shop", _role(Role.SHOP_OWNER)),
    ("/patrols", "nav.patrols", _role(*patrols.WALKERS)),
    ("/checks", "nav.checks", _role(*campaigns.WITH_CHECKS)),
    ("/evaluation/me", "nav.own_scores", _role(Role.HANDLER)),
    ("/self-handling", "nav.self_handling", self_handles_anywhere),
    ("/here", "code.by_map", self_handles_anywhere),
    ("/desk", "nav.desk_reading", _only_reads_desk),
    ("/campaigns", "nav.campaigns", _may(Permission.READ_DESK)),
    ("/duty-changes", "nav.duty_changes", _may(Permission.DECIDE_DUTY_CHANGES)),
    ("/pickups", "pickup.day_title", _may(Permission.DISPATCH_ORDERS)),
    (_SHOP_CHECKS, "nav.inspections", _may(Permission.INSPECT_SHOPS, Permission.DECIDE_APPEALS)),
    ("/shops", "nav.shops", _may(Permission.READ_SHOPS)),
    ("/opinion", "opinion.title", _may(Permission.READ_DESK)),
    ("/evaluation", "nav.evaluation", _may(Permission.READ_DESK)),
    ("/indicators", "indicators.title", _may(Permission.READ_DESK)),
    ("/policies", "policy.title", _may(Permission.WRITE_POLICIES)),
    ("/consultations", "nav.consultations", _role(*RELEASERS)),
    ("/lifts", "nav.lifts", _role(*lifts.READERS)),
    ("/elders", "nav.elders", care.has_part),
    ("/emergencies", "nav.emergencies", _may(Permission.READ_DESK)),
    ("/codes", "nav.codes", _may(Permission.BIND_CODES)),
    ("/committee/volunteers", "nav.volunteers", _may(Permission.KEEP_VOLUNTEERS)),
    ("/committee/hours", "nav.volunteers", _only_reviews),
)
"""Path, words, and whose it is, in the order of the bar."""


def menu_of(
    actor: Actor | None, path: str, *, lang: str, big: bool, unread: int = 0, inspects: bool = True
) -> Menu | None:
    """The bar of this reader on the page of this path; None for those who have none: residents and strangers.

    `inspects`: False where the reader's unit is no authority, so that inspecting shops would be refused.
    """
    if actor is None or (actor.is_device and not actor.has_role(Role.SHOP_OWNER)):
        return None
    entries = _marked(path, [*_own(actor, inspects), (INBOX, "nav.inbox")])
    if not actor.is_device:
        entries.append(MenuEntry(SIGN_OUT, "nav.sign_out"))
    widths = [_width(entry, lang, unread) for entry in entries]
    on_phone, on_page = (_PHONE_BIG_EM, _PAGE_BIG_EM) if big else (_PHONE_EM, _PAGE_EM)
    first, second = _fitting(widths, on_phone), _fitting(widths, on_page)
    return Menu(entries[:first], entries[first:second], entries[second:])


def entries_of(actor: Actor, *, inspects: bool = True) -> list[str]:
    """The paths of this reader's bar, sign-out aside."""
    return [*(path for path, _ in _own(actor, inspects)), INBOX]


def _own(actor: Actor, inspects: bool) -> list[tuple[str, str]]:
    """Home first."""
    own = [(path, name) for path, name, is_for in _ENTRIES if is_for(actor)]
    own.sort(key=lambda each: each[0] != home_of(actor))
    return [each for each in own if inspects or each[0] != _SHOP_CHECKS or may(actor, Permission.DECIDE_APPEALS)]


def _marked(path: str, named: list[tuple[str, str]]) -> list[MenuEntry]:
    """The inbox is never out of sight: it stands behind the first page. Of nested pages the deepest is meant."""
    named.insert(min(1, len(named) - 1), named.pop())
    depths = [_depth(path.partition("?")[0], root) for root, _ in named]
    deepest = max(depths)
    return [MenuEntry(root, name, depth == deepest > 0) for (root, name), depth in zip(named, depths, strict=True)]


def _depth(path: str, root: str) -> int:
    roots = _ABOUT_VOLUNTEERS if root in _ABOUT_VOLUNTEERS else (root,)
    return max((len(each) for each in roots if path == each or path.startswith(f"{each}/")), default=0)


def _width(entry: MenuEntry, lang: str, unread: int) -> float:
    letters = (1.0 if ord(letter) >= _FIRST_WIDE else 0.55 for letter in catalogue.say(lang, entry.name))
    return max(sum(letters), _LEAST_EM) + _GAP_EM + (_BADGE_EM if entry.path == INBOX and unread else 0.0)


def _fitting(widths: list[float], available: float) -> int:
    """How many stand in one row; where not all do, beside what unfolds the others. Two always do."""
    ends = list(accumulate(widths))
    if ends[-1] - _GAP_EM <= available:
        return len(widths)
    return max(2, sum(end + _FOLD_EM <= available for end in ends))
