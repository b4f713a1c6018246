-- By what offers and takes are found, and what there is only once.

-- One person on a seat of an offer: of an order for one, nobody ever has it beside somebody else.
CREATE UNIQUE INDEX take_seat_once ON take (offer_id, seat) WHERE state IN ('held', 'arrived');

-- A person is on an offer once.
CREATE UNIQUE INDEX take_person_once ON take (offer_id, account_id) WHERE state IN ('held', 'arrived');

-- One of those who have it answers for the order.
CREATE UNIQUE INDEX take_lead_once ON take (offer_id) WHERE is_lead AND state IN ('held', 'arrived');

-- What a person has, counted at each grab.
CREATE INDEX take_live_by_account ON take (account_id) WHERE state IN ('held', 'arrived');

-- Everything that a person ever took, latest first.
CREATE INDEX take_by_account ON take (account_id, taken_at DESC);

-- Every take of an offer.
CREATE INDEX take_by_offer ON take (offer_id);

-- Whose lease runs out next.
CREATE INDEX take_lease ON take (lease_until) WHERE state = 'held';

-- Whose window closes next.
CREATE INDEX offer_closing ON offer (closes_at) WHERE state = 'open';

-- What may be taken, nearest first.
CREATE INDEX offer_open_near ON offer USING gist (block_loc) WHERE state = 'open';

-- What may be taken in an area.
CREATE INDEX offer_open_by_area ON offer (area_code varchar_pattern_ops) WHERE state = 'open';

-- What is in the pool or came out of it and goes on: held against its order.
CREATE INDEX offer_live ON offer (id) WHERE state <> 'ended';
