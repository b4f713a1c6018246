"""A page for one reader: language, elder mode, who is signed in; and the rendering of templates with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup

from backend.accounts.permissions import Permission, may
from backend.accounts.structs import Actor, Role
from backend.committees.patrols import rules as patrols
from backend.emergencies.structs import OngoingEmergency
from backend.errors import AppError
from backend.web.i18n import catalogue, error_texts
from backend.web.staff_app import manifest
from backend.web.views import times
from backend.web.views.menu import Menu, menu_of, self_handles_anywhere
from backend.web.views.templates import environment, epoch_ms
from qr.runtime import current_runtime

_VERIFIERS = (Role.VERIFIER, Role.INSPECTOR, Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)


@dataclass(frozen=True, slots=True)
class PageContext:
    """What every template may ask of its reader. `now` is the server's instant, which countdowns start from."""

    lang: str
    big: bool
    path: str
    now: datetime
    hotline: str
    actor: Actor | None = None
    unread: int = 0
    emergencies: Sequence[OngoingEmergency] = ()
    """What is on where the reader works, the gravest first."""
    takes_gzip: bool = False
    inspects: bool = True
    """False where the reader's unit is no authority, so that no shop is theirs to inspect."""
    wechat_sdk: str = ""
    """Where the page finds WeChat's script when it is open inside WeChat; empty everywhere else."""
    is_in_wechat: bool = False
    """Whether the page is open inside WeChat or WeCom, which put nothing on a home screen."""

    @property
    def code_prefixes(self) -> str:
        """What addresses of our codes begin with, in a line: those that are printed, and those that still hang."""
        return " ".join(current_runtime().payload.prefixes)

    @property
    def has_no_part(self) -> bool:
        """Whether the reader is a stranger, or a phone that acts for nobody."""
        return self.actor is None or (self.actor.is_device and not self.actor.grants)

    @property
    def is_staff(self) -> bool:
        return self.actor is not None and not self.actor.is_device

    @property
    def volunteers(self) -> bool:
        return self.actor is not None and self.actor.has_role(Role.VOLUNTEER)

    @property
    def grabs(self) -> bool:
        """Whether the reader may take orders out of the pool somewhere."""
        return self.actor is not None and may(self.actor, Permission.GRAB_ORDERS)

    @property
    def stands_somewhere(self) -> bool:
        """Whether the page may say where the reader is: whoever handles orders for a unit, while on duty."""
        return self.actor is not None and self.actor.unit_id is not None and self.actor.has_role(Role.HANDLER)

    @property
    def walks(self) -> bool:
        """Whether the reader may walk patrols. Whoever oversees them comes from the overview."""
        return self.actor is not None and self.actor.has_role(*patrols.WALKERS)

    @property
    def does_verify(self) -> bool:
        """Whether the reader looks at fixes, or looks after those who do."""
        return self.actor is not None and self.actor.has_role(*_VERIFIERS)

    @property
    def keeps_plates(self) -> bool:
        """Whether the reader may hang codes on doors; whoever mints them may."""
        return self.actor is not None and may(self.actor, Permission.BIND_CODES)

    @property
    def reads_history(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.READ_HISTORY)

    @property
    def dispatches(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.DISPATCH_ORDERS)

    @property
    def has_shop(self) -> bool:
        """Whether the reader acts for a shop, also without an account but a phone's."""
        return self.actor is not None and self.actor.has_role(Role.SHOP_OWNER)

    @property
    def has_inbox(self) -> bool:
        """Whether the reader is told of messages: whoever signed in, and whoever acts for a shop."""
        return self.is_staff or self.has_shop

    @property
    def reads_shops(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.READ_SHOPS)

    @property
    def inspects_shops(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.INSPECT_SHOPS)

    @property
    def decides_shop_appeals(self) -> bool:
        """Whether the reader sits on panels that decide what shops appeal."""
        return self.actor is not None and may(self.actor, Permission.DECIDE_APPEALS)

    @property
    def keeps_volunteers(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.KEEP_VOLUNTEERS)

    @property
    def reviews_rewards(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.REVIEW_REWARDS)

    @property
    def is_committee(self) -> bool:
        return self.actor is not None and self.actor.has_role(Role.COMMITTEE)

    @property
    def decides_duty_changes(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.DECIDE_DUTY_CHANGES)

    @property
    def commands_emergencies(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.COMMAND_EMERGENCIES)

    @property
    def operates(self) -> bool:
        return self.actor is not None and may(self.actor, Permission.OPERATE)

    @property
    def menu(self) -> Menu | None:
        """The bar of this reader's pages; None for residents and strangers."""
        return menu_of(self.actor, self.path, lang=self.lang, big=self.big, unread=self.unread, inspects=self.inspects)

    @property
    def app_manifest(self) -> str:
        """Where the app is described that this reader may put on a phone's home screen; empty for all others."""
        return "" if self.is_in_wechat else manifest.path_for(self.actor, self.lang)

    @property
    def reports_quickly(self) -> bool:
        """Whether the reader reports on the page of those who walk the beat."""
        return self.actor is not None and self_handles_anywhere(self.actor)

    @property
    def owner(self) -> str:
        """Whose unsent reports this phone may send on this page."""
        return str(self.actor.account_id) if self.actor and not self.actor.is_device else "device"

    def t(self, key: str, **facts: object) -> str:
        return catalogue.say(self.lang, key, **facts)

    def pick(self, zh: str, en: str) -> str:
        """The one of two stored words that this reader reads."""
        return (en or zh) if self.lang == "en" else zh

    def tell(self, error: AppError) -> str:
        """What an error says to this reader."""
        return error_texts.sentence(error, self.lang)

    def moment(self, at: datetime) -> str:
        return times.moment(self.lang, at, self.now)

    def ago(self, at: datetime) -> str:
        return times.ago(self.lang, at, self.now)

    def minutes(self, many: int) -> str:
        return times.span(self.lang, timedelta(minutes=many))

    def took(self, since: datetime, until: datetime) -> str:
        return times.span(self.lang, until - since)


def render(template: str, page: PageContext, *, now_ms: str = "", **facts: Any) -> str:
    """The page as HTML. `now_ms`: the page's own instant, unless it is put in later."""
    shown = {"page": page, "t": page.t, "now_ms": now_ms or epoch_ms(page.now), "Markup": Markup}
    return environment(page.lang).get_template(template).render(shown, **facts)
