-- What no row of the ledgers may say, whoever writes it.

-- What a row of hours is.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_kind_known CHECK (kind IN ('worked', 'confirmed', 'reversed'));

-- Where hours come from.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_source_known CHECK (source IN ('take', 'patrol'));

-- Work of an order names it.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_take_has_order CHECK ((source = 'take') = (order_id IS NOT NULL));

-- Work stands for itself; what counts it, or takes it back, refers to it.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_refers CHECK ((kind = 'worked') = (refers_to_id IS NULL));

-- Work does not count by itself; what is confirmed adds no more than it took and than a day has, a reversal takes away.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_counted CHECK (CASE kind
    WHEN 'worked' THEN counted = 0
    WHEN 'confirmed' THEN counted BETWEEN 0 AND least(minutes, day_most) AND day_most IS NOT NULL
    ELSE counted BETWEEN -minutes AND 0 END);

-- What an offer promised is nothing less than nothing.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_promised CHECK (promised >= 0);

-- From start to end.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_span CHECK (
    ended_at >= started_at AND minutes = floor(extract(epoch FROM ended_at - started_at) / 60));

-- Whoever confirms or takes back is somebody else, and a reversal says why.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_by_another CHECK (CASE kind
    WHEN 'worked' THEN acted_by_id IS NULL
    ELSE acted_by_id IS NOT NULL AND acted_by_id <> account_id AND (kind = 'reversed') = (reason <> '') END);

-- Work is entered once, confirmed once and taken back once.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_once
    UNIQUE NULLS NOT DISTINCT (account_id, kind, source, source_id, ended_at, refers_to_id);
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_referred_once UNIQUE (refers_to_id, kind);

-- A row refers to one of the same person.
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_of_account UNIQUE (id, account_id);
ALTER TABLE hours_entry ADD CONSTRAINT hours_entry_refers_within
    FOREIGN KEY (refers_to_id, account_id) REFERENCES hours_entry (id, account_id) ON DELETE RESTRICT;

-- What a row of points is.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_kind_known
    CHECK (kind IN ('work', 'report', 'spent', 'reversed'));

-- Why it adds what it adds.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_outcome_known
    CHECK (outcome IN ('counted', 'over_day', 'repeat', 'own_report', 'own_place'));

-- What is earned is at most the whole, and of the day; only what counts adds anything; the others take or give back.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_amount CHECK (CASE
    WHEN kind IN ('work', 'report') THEN points BETWEEN 0 AND least(full_points, day_most) AND day_most IS NOT NULL
        AND (points > 0) = (outcome = 'counted')
    WHEN kind = 'spent' THEN points < 0
    ELSE true END);

-- What was earned names the closing of an order.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_earned_of_order CHECK (
    kind NOT IN ('work', 'report') OR num_nulls(order_id, closed_at) = 0 AND place_key <> '' AND item_code <> '');

-- A reversal refers to the row that it takes back, and says why.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_refers CHECK ((kind = 'reversed') = (refers_to_id IS NOT NULL));
ALTER TABLE points_entry ADD CONSTRAINT points_entry_reversal_says_why CHECK (kind <> 'reversed' OR reason <> '');

-- A row is taken back once.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_reversed_once UNIQUE (refers_to_id);

-- A row refers to one of the same person.
ALTER TABLE points_entry ADD CONSTRAINT points_entry_of_account UNIQUE (id, account_id);
ALTER TABLE points_entry ADD CONSTRAINT points_entry_refers_within
    FOREIGN KEY (refers_to_id, account_id) REFERENCES points_entry (id, account_id) ON DELETE RESTRICT;

-- Limits are numbers of a day.
ALTER TABLE reward_policy ADD CONSTRAINT reward_policy_sane CHECK (
    hours_day_most BETWEEN 0 AND 1440 AND points_day_most BETWEEN 0 AND 10000
    AND points_report BETWEEN 0 AND 1000
    AND ranked_from BETWEEN 1 AND 1000);

-- A policy is of a district, a town or a committee.
ALTER TABLE reward_policy ADD CONSTRAINT reward_policy_area CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');
