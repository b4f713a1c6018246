"""Who is notified of claims and people of shops. Each gets the facts of a batch, at least once."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import first_holders_by_area, notice
from push.shops import wording
from push.structs import Notice, Wording
from shops.register.events import (
    ShopClaimContested,
    ShopClaimFiled,
    ShopClaimGranted,
    ShopClaimRefused,
    ShopEnded,
    ShopHandedOver,
    ShopPersonLeft,
)
from shops.register.structs import ShopRole

_KEEPERS = (Role.INSPECTOR, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_DECIDERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)


async def notify_of_claim(recorded: Sequence[Recorded]) -> None:
    """A claim waits: the inspectors of the area; of a helper's, the owner."""
    facts = [reread(each, ShopClaimFiled) for each in recorded]
    keepers = await first_holders_by_area(facts, *_KEEPERS)
    notices: list[Notice] = []
    for entry, fact in zip(recorded, facts, strict=True):
        owner_id = fact.owner_id if fact.role == ShopRole.STAFF else None
        said = wording.filed(fact, fact.role, to_owner=owner_id is not None)
        if owner_id is not None:
            notices.append(notice(entry, [owner_id], said, Recipient.REPORTER))
        else:
            notices.append(notice(entry, keepers[fact.area_code], said, Recipient.INSPECTOR))
    await push.notify(notices)


async def notify_of_contest(recorded: Sequence[Recorded]) -> None:
    """Two say to own a shop: both are notified, and the street, which decides."""
    facts = [reread(each, ShopClaimContested) for each in recorded]
    deciders = await first_holders_by_area(facts, *_DECIDERS)
    notices: list[Notice] = []
    for entry, fact in zip(recorded, facts, strict=True):
        notices += [
            notice(entry, deciders[fact.area_code], wording.contested(fact), Recipient.DESK),
            notice(entry, [fact.owner_id], wording.contested_for_owner(fact), Recipient.REPORTER),
            notice(entry, [fact.claimant_id], wording.contested_for_claimant(fact), Recipient.REPORTER),
        ]
    await push.notify(notices)


async def notify_claimant(recorded: Sequence[Recorded]) -> None:
    """What became of a claim, for whoever made it."""
    notices: list[Notice] = []
    for entry in recorded:
        if entry.name == ShopClaimGranted.name():
            granted = reread(entry, ShopClaimGranted)
            notices.append(_to_person(entry, granted.claimant_id, wording.granted(granted, granted.role)))
        else:
            refused = reread(entry, ShopClaimRefused)
            notices.append(_to_person(entry, refused.claimant_id, wording.refused(refused)))
    await push.notify(notices)


async def notify_owners(recorded: Sequence[Recorded]) -> None:
    """A shop changed hands: both owners, but for who handed it over."""
    notices: list[Notice] = []
    for entry in recorded:
        fact = reread(entry, ShopHandedOver)
        for person, is_owner in ((fact.owner_id, True), (fact.former_owner_id, False)):
            if person != fact.by_id:
                notices.append(_to_person(entry, person, wording.handed_over(fact, is_owner=is_owner)))
    await push.notify(notices)


async def notify_who_left(recorded: Sequence[Recorded]) -> None:
    """Somebody acts for a shop no more by another one's hand, or because the business left."""
    notices: list[Notice] = []
    for entry in recorded:
        if entry.name == ShopEnded.name():
            ended = reread(entry, ShopEnded)
            notices.append(notice(entry, ended.person_ids, wording.left(ended), Recipient.REPORTER))
        else:
            fact = reread(entry, ShopPersonLeft)
            others = [fact.person_id] if fact.person_id != fact.by_id else []
            notices.append(notice(entry, others, wording.left(fact), Recipient.REPORTER))
    await push.notify(notices)


def _to_person(entry: Recorded, account_id: int, words: Wording) -> Notice:
    return notice(entry, [account_id], words, Recipient.REPORTER)
