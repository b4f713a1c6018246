-- What no row of offers and takes may say, whoever writes it.

-- Open: somebody more may take it; held: everybody who is needed has it; ended: it is in the pool no longer.
ALTER TABLE offer ADD CONSTRAINT offer_state_known CHECK (state IN ('open', 'held', 'ended'));

-- What ended says why, and nothing else does.
ALTER TABLE offer ADD CONSTRAINT offer_ended_says_why CHECK ((state = 'ended') = (end_reason <> ''));

-- Never more people than are needed, and somebody is needed.
ALTER TABLE offer ADD CONSTRAINT offer_taken_by_as_many_as_needed
    CHECK (needed BETWEEN 1 AND 20 AND taken BETWEEN 0 AND needed);

-- Open is what somebody more may take.
ALTER TABLE offer ADD CONSTRAINT offer_open_has_room CHECK (state <> 'open' OR taken < needed);

-- Held is what somebody has.
ALTER TABLE offer ADD CONSTRAINT offer_held_by_somebody CHECK (state <> 'held' OR taken > 0);

-- Ended, nobody has it through the pool.
ALTER TABLE offer ADD CONSTRAINT offer_ended_has_nobody CHECK (state <> 'ended' OR taken = 0);

-- A window ends after it began.
ALTER TABLE offer ADD CONSTRAINT offer_window_forwards CHECK (closes_at > opens_at);

-- Rounds, versions and points are counted upwards.
ALTER TABLE offer ADD CONSTRAINT offer_counted
    CHECK (first_round >= 1 AND round >= first_round AND version >= 1 AND points >= 0);

-- P0 goes to the unit at once.
ALTER TABLE offer ADD CONSTRAINT offer_priority_known CHECK (priority ~ '^P[1-4]$');

-- An offer lies in a district, town or committee.
ALTER TABLE offer ADD CONSTRAINT offer_area_code CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- The life of a take.
ALTER TABLE take ADD CONSTRAINT take_state_known
    CHECK (state IN ('held', 'arrived', 'finished', 'given_back', 'expired', 'ended'));

-- Whoever is on the spot came at some time.
ALTER TABLE take ADD CONSTRAINT take_arrived_has_time CHECK (state <> 'arrived' OR arrived_at IS NOT NULL);

-- Finished work has its time.
ALTER TABLE take ADD CONSTRAINT take_finished_has_time CHECK (state <> 'finished' OR finished_at IS NOT NULL);

-- What was given back, ran out or ended otherwise says when, and nothing else does.
ALTER TABLE take ADD CONSTRAINT take_ended_has_time
    CHECK ((state IN ('given_back', 'expired', 'ended')) = (ended_at IS NOT NULL));

-- Only what ended otherwise says why.
ALTER TABLE take ADD CONSTRAINT take_ended_says_why CHECK ((state = 'ended') = (end_reason <> ''));

-- A lease lasts for a while.
ALTER TABLE take ADD CONSTRAINT take_lease_forwards CHECK (lease_until > taken_at);

-- Seats and rounds are counted from one.
ALTER TABLE take ADD CONSTRAINT take_counted CHECK (round >= 1 AND seat BETWEEN 1 AND 20);

-- A key of a person stands for one take.
ALTER TABLE take ADD CONSTRAINT take_key_once UNIQUE (account_id, idempotency_key);

-- Give-backs and no-shows are counted upwards.
ALTER TABLE grabber ADD CONSTRAINT grabber_counted CHECK (given_back >= 0 AND no_shows >= 0);

-- A count of a day has its day.
ALTER TABLE grabber ADD CONSTRAINT grabber_given_back_on_a_day CHECK (given_back = 0 OR given_back_on IS NOT NULL);

-- A count of no-shows has the time of the last one.
ALTER TABLE grabber ADD CONSTRAINT grabber_no_show_has_time CHECK (no_shows = 0 OR no_show_at IS NOT NULL);

-- The beginning of an item's code.
ALTER TABLE item_requirement ADD CONSTRAINT item_requirement_prefix CHECK (item_prefix ~ '^[A-Z][0-9]{0,3}$');

-- Points are not taken away for work.
ALTER TABLE item_requirement ADD CONSTRAINT item_requirement_points CHECK (points >= 0);
