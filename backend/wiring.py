"""The one page: when this happened, these react; this job, this function. What an hour starts: `timetable`.

A reaction gets all facts of a batch that it is for and runs within the batch's transaction, at least once; what fails
becomes a job with its own retries. A person who is notified twice of one fact gets the first message.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend import emergency_campaigns, own_shops
from backend.accounts import events as people
from backend.calendars import events as calendars
from backend.campaigns import events as campaigns
from backend.campaigns import jobs as campaign_jobs
from backend.committees.changes import events as duty_changes
from backend.committees.duty_list import events as duty_lists
from backend.committees.patrols import events as patrol_facts
from backend.committees.patrols import reactions as patrols
from backend.elder_care import events as visits
from backend.elder_care import reactions as visitors
from backend.emergencies import events as emergencies
from backend.emergencies import reactions as situations
from backend.events import pending
from backend.events.delivery import Delivery, Reaction
from backend.events.facts import Fact
from backend.indicators import reactions as indicators
from backend.intake import jobs as intake_jobs
from backend.intake import reactions as intake
from backend.intake.cameras import events as cameras
from backend.intake.hotline import events as cases
from backend.items import events as dictionary
from backend.jobs.runner import Handler
from backend.lifts import events as lift_days
from backend.lifts import reactions as lifts
from backend.orders import jobs as order_jobs
from backend.orders import reactions as trunk
from backend.orders.model import events as orders
from backend.public_opinion import events as opinion
from backend.public_opinion import reactions as public_opinion
from grab_orders.ledgers import reactions as ledgers
from grab_orders.offers import events as takes
from grab_orders.offers import reactions as offers
from grab_orders.people import reactions as volunteers
from media import jobs as photo_jobs
from push import (
    account_merges,
    camera_notices,
    campaign_notices,
    emergency_notices,
    evaluation_notices,
    grade_notices,
    hotline_notices,
    kitchen_notices,
    lift_notices,
    opinion_notices,
    policy_notices,
    seen,
    superseding,
    visit_notices,
)
from push import card_endings as cards
from push import duty_changes as duty_change_notices
from push import finding_notices as findings
from push import identity_notices as identities
from push import jobs as push_jobs
from push import pickups as push_pickups
from push import reactions as push
from push import volunteer_notices as volunteering
from push.gateways.wecom import card_store, tap_inbox
from push.offers import call_to_grab
from push.shops import register as shop_people
from qr import events as plates
from shops.complaints import events as complaints
from shops.grades import events as grades
from shops.grades import reactions as shop_grades
from shops.inspections import events as inspections
from shops.pickup import events as pickups
from shops.pickup import reactions as pickup
from shops.policies import events as policies
from shops.public import events as public_shops
from shops.register import events as shops
from shops.register import reactions as registered

_MOVED_ON = (push.notify_responsible, push.notify_desk, push.notify_supervisor, cards.end_cards)
WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    orders.OrderDispatched: (
        push.notify_responsible,
        push.notify_supervisor,
        trunk.look_for_root_causes,
        lifts.call_property,
    ),
    orders.OrderOffered: (offers.add, trunk.look_for_root_causes, cards.end_cards),
    orders.OrderOfferedAgain: (offers.add, push.notify_supervisor, cards.end_cards),
    orders.OrderGrabbed: (seen.acknowledge, push.notify_reporters, push.notify_supervisor),
    orders.OfferEnded: (offers.follow, push.notify_responsible, push.notify_supervisor),
    orders.OrderAccepted: (seen.acknowledge, push.notify_reporters, push.notify_supervisor, cards.end_cards),
    orders.HandlerArrived: (offers.follow, seen.acknowledge, push.notify_reporters, push.notify_supervisor),
    orders.ArrivalAppealed: (push.notify_desk,),
    orders.OrderMadeSafe: (push.notify_supervisor,),
    orders.OrderFinished: (offers.follow, seen.acknowledge, push.notify_verifiers, push.notify_supervisor),
    orders.ConfirmationAsked: (offers.follow, push.notify_opener, push.notify_supervisor),
    orders.OrderPassedOnce: (seen.acknowledge, push.notify_verifiers),
    orders.OrderReferred: (seen.acknowledge, push.notify_supervisor),
    orders.OrderExtended: (push.notify_responsible, push.notify_supervisor),
    orders.OrderSentBack: (offers.follow, seen.acknowledge, push.notify_responsible, push.notify_supervisor),
    orders.OrderClosed: (
        offers.follow,
        seen.acknowledge,
        push.notify_reporters,
        push.notify_responsible,
        push.notify_supervisor,
        ledgers.settle_points,
    ),
    orders.OrderRated: (push.notify_supervisor,),
    orders.OrderReturned: (
        offers.follow,
        seen.acknowledge,
        push.notify_responsible,
        push.notify_desk,
        push.notify_supervisor,
        cards.end_cards,
    ),
    orders.OrderPassedOn: _MOVED_ON,
    orders.OrderHandedOver: (offers.follow, *_MOVED_ON),
    orders.OrderRezoned: (offers.follow, *_MOVED_ON),
    orders.OrderReassigned: (
        offers.follow,
        seen.acknowledge,
        push.notify_responsible,
        push.notify_supervisor,
        cards.end_cards,
    ),
    orders.RequestAsked: (seen.acknowledge, push.notify_desk, push.notify_supervisor),
    orders.RequestDecided: (seen.acknowledge, push.notify_responsible),
    orders.OrderResumed: (push.notify_responsible, push.notify_supervisor),
    orders.OrderRecovered: (push.notify_responsible,),
    orders.OrderUrged: (push.notify_responsible,),
    orders.OrderSupervised: (push.notify_responsible,),
    **dict.fromkeys(
        (orders.OrderCancelled, orders.OrderMerged),
        (offers.follow, push.notify_reporters, push.notify_responsible, push.notify_supervisor, cards.end_cards),
    ),
    orders.OrderReopened: (
        offers.follow,
        push.notify_responsible,
        push.notify_desk,
        push.notify_supervisor,
        ledgers.settle_points,
    ),
    orders.OrderObjected: (push.notify_desk, push.notify_supervisor),
    orders.OrderJoined: (offers.note_reporters, push.notify_supervisor),
    orders.OrderUnmerged: (offers.follow, push.notify_reporters, push.notify_responsible, push.notify_supervisor),
    orders.OrderTookIn: (push.notify_responsible, push.notify_supervisor),
    orders.OrderLetGo: (push.notify_responsible, push.notify_supervisor),
    orders.OrderEscalated: (push.notify_escalated,),
    orders.OrderClockChanged: (push.notify_responsible,),
    people.StaffLeft: (
        trunk.hand_over,
        offers.leave,
        patrols.leave,
        volunteers.let_volunteers_go,
        registered.leave,
        visitors.leave,
    ),
    people.AccountsMerged: (offers.merge_reporters, account_merges.merge_recipients),
    takes.TakeFinished: (ledgers.enter_takes,),
    takes.OfferOpened: (call_to_grab,),
    orders.LimitsChanged: (trunk.count_items_anew,),
    dictionary.ItemLimitsChanged: (trunk.count_items_anew,),
    calendars.CalendarChanged: (trunk.count_anew,),
    calendars.WeatherChanged: (trunk.count_anew,),
    calendars.EmergencyClocksChanged: (trunk.count_anew,),
    **dict.fromkeys(
        (
            *(cases.FirstContactDue, cases.HotlineDeadlineNear, cases.FormalActDecided),
            *(cases.ExchangeRefused, cases.CallBackUnsolved),
        ),
        (hotline_notices.notify_desk,),
    ),
    **dict.fromkeys(emergencies.OF_AREAS, (emergency_notices.notify_area,)),
    emergencies.BroadcastSent: (emergency_notices.notify_people,),
    emergencies.BroadcastAnswered: (seen.acknowledge_broadcasts,),
    emergencies.BroadcastUnanswered: (emergency_notices.notify_ladder,),
    plates.PlateSuspected: (push.notify_inspectors,),
    policies.PolicySent: (policy_notices.notify_shops,),
    grades.ShopGradeChanged: (grade_notices.notify_shop,),
    public_shops.KitchenLinkDecided: (kitchen_notices.notify_shop,),
    public_shops.KitchenLinkSilent: (kitchen_notices.notify_owner,),
    visits.VisitMissed: (visit_notices.notify_level,),
    visits.VisitorLeft: (visit_notices.notify_committee,),
    lift_days.LiftDueSoon: (lift_notices.notify_units,),
    lift_days.LiftOverdue: (lift_notices.notify_keepers,),
    inspections.FindingOpened: (shop_grades.count_anew, findings.notify_shop),
    inspections.FindingAnswered: (findings.notify_inspector,),
    **dict.fromkeys((inspections.FindingPassed, inspections.FindingFailed), (findings.notify_shop,)),
    inspections.FindingAppealed: (findings.notify_panel,),
    inspections.FindingUpheld: (findings.notify_shop,),
    inspections.FindingStruck: (shop_grades.count_anew, findings.notify_shop),
    inspections.FindingOverdue: (findings.notify_of_overdue,),
    pickups.PickupMissed: (push_pickups.notify_people, push_pickups.notify_desk),
    **dict.fromkeys(
        (pickups.PickupRefused, pickups.PickupReplanned, pickups.PickupNotBooked), (push_pickups.notify_people,)
    ),
    complaints.IdentityOpeningAsked: (identities.notify_second_person,),
    complaints.IdentityOpeningDecided: (identities.notify_asker,),
    **volunteering.WHEN,
    duty_lists.DutyListChanged: (patrols.generate_today,),
    patrol_facts.PatrolRouteSet: (patrols.generate_today,),
    patrol_facts.PatrolFinished: (ledgers.enter_patrols,),
    patrol_facts.StopsMissed: (push.notify_committees,),
    cameras.CameraEventSeen: (camera_notices.notify_staff,),
    cameras.CameraFound: (camera_notices.notify_centre,),
    campaigns.CampaignStarted: (campaign_notices.notify_goers,),
    campaigns.CampaignRoundDueSoon: (campaign_notices.notify_late,),
    campaigns.CampaignRoundMissed: (campaign_notices.notify_watchers,),
    campaigns.CampaignRecordFiled: (public_opinion.note_records,),
    opinion.MatterEmerged: (opinion_notices.notify_desk,),
    **evaluation_notices.WHEN,
    shops.ShopClaimFiled: (shop_people.notify_of_claim,),
    shops.ShopClaimContested: (shop_people.notify_of_contest,),
    shops.ShopClaimGranted: (own_shops.keep_own_places, shop_people.notify_claimant),
    shops.ShopClaimRefused: (shop_people.notify_claimant,),
    shops.ShopHandedOver: (own_shops.keep_own_places, shop_people.notify_owners),
    **dict.fromkeys((shops.ShopPersonLeft, shops.ShopEnded), (own_shops.keep_own_places, shop_people.notify_who_left)),
    duty_changes.DutyChangeRequested: (duty_change_notices.notify_town,),
    **dict.fromkeys(
        (duty_changes.DutyChangeGranted, duty_changes.DutyChangeRefused), (duty_change_notices.notify_committee,)
    ),
}

WHEN |= {kind: (*WHEN[kind], situations.note_big_orders) for kind in (orders.OrderDispatched, orders.OrderOffered)}
for _own in (intake.WHEN, public_opinion.WHEN, emergency_campaigns.WHEN):
    WHEN |= {kind: (*WHEN.get(kind, ()), *reactions) for kind, reactions in _own.items()}
# A booking looks at what its order is now, whatever moved it.
WHEN |= {kind: (*WHEN[kind], pickup.follow_orders) for kind in pickup.FOLLOWED}
# What an order adds to the measures is counted anew after whatever happened to it.
WHEN |= {kind: (*WHEN.get(kind, ()), indicators.note_orders) for kind in indicators.NOTED}
WHEN |= {kind: (*WHEN.get(kind, ()), indicators.note_activities) for kind in indicators.NOTED_ACTIVITIES}
# When all were notified, what they were told before is old news.
WHEN |= {kind: (*WHEN[kind], superseding.supersede) for kind in superseding.SUPERSEDING}


def name_of(reaction: Reaction) -> str:
    """The job name of a reaction: `push.notify_responsible`."""
    return f"{reaction.__module__.removesuffix('.reactions')}.{reaction.__name__}"


REACTIONS: dict[str, list[str]] = {
    kind.name(): [name_of(reaction) for reaction in reactions] for kind, reactions in WHEN.items()
}
"""The names of the reactions to each fact, by its name."""

FUNCTIONS: dict[str, Reaction] = {name_of(reaction): reaction for reactions in WHEN.values() for reaction in reactions}


def delivery() -> Delivery:
    """What follows from facts, as this page says."""
    return Delivery(REACTIONS, FUNCTIONS)


_OF_BEFORE = (
    "events.deliver",
    *(f"push.tell_{who}" for who in ("unit", "reporter", "opener", "verifiers", "handler", "desk", "supervisor")),
    *("push.tell_escalated", "push.tell_inspectors", "backend.orders.look_for_root_cause"),
)
"""Jobs that builds before this one left or still enqueue: their facts are delivered once more, which nobody sees."""


def handlers(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Every job that is enqueued by name: reactions that failed, and what packages ask for."""
    of_before = dict.fromkeys(_OF_BEFORE, pending.put_back)
    of_orders = order_jobs.enqueued(now) | push_jobs.enqueued(now) | _of_cards(now) | intake_jobs.enqueued(now)
    return of_before | delivery().handlers() | photo_jobs.JOBS | of_orders | campaign_jobs.enqueued(now)


def _of_cards(now: Callable[[], datetime]) -> dict[str, Handler]:
    """What members of staff press on cards, and what cards say then. Loaded with the first one: it speaks HTTP."""

    async def carry_out_tap(callback_id: Any) -> None:
        from backend import card_taps

        await card_taps.carry_out(msgspec.convert(callback_id, int), now())

    async def update_card(card_id: Any) -> None:
        from push.gateways.wecom import updating

        await updating.update(msgspec.convert(card_id, int), now())

    return {tap_inbox.JOB: carry_out_tap, card_store.UPDATE_JOB: update_card}
