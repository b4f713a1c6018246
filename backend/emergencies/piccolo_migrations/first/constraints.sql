-- What no row of emergencies may say, whoever writes it.

-- Prepared for a district, a town, or everybody.
ALTER TABLE emergency_plan ADD CONSTRAINT emergency_plan_area_known CHECK (area_code ~ '^([0-9]{6}|[0-9]{9})?$');

-- The kinds that pages have words for.
ALTER TABLE emergency_plan ADD CONSTRAINT emergency_plan_kind_known
    CHECK (kind IN ('flood', 'fire', 'epidemic', 'event', 'other'));

-- Files call a plan by its code.
ALTER TABLE emergency_plan ADD CONSTRAINT emergency_plan_once UNIQUE (area_code, code);

-- A duty list is called by a short word.
ALTER TABLE emergency_plan ADD CONSTRAINT emergency_plan_roster_named CHECK (roster ~ '^[a-z0-9-]*$');

-- Somebody is reminded within a month.
ALTER TABLE emergency_plan ADD CONSTRAINT emergency_plan_warns CHECK (warn_after_hours BETWEEN 1 AND 720);

-- A district, a town or a committee.
ALTER TABLE emergency ADD CONSTRAINT emergency_area_known CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- The kinds that pages have words for.
ALTER TABLE emergency ADD CONSTRAINT emergency_kind_known
    CHECK (kind IN ('flood', 'fire', 'epidemic', 'event', 'other'));

-- Ⅰ is the gravest, Ⅳ the least.
ALTER TABLE emergency ADD CONSTRAINT emergency_level_known CHECK (level BETWEEN 1 AND 4);

-- Nobody begins one without a reason.
ALTER TABLE emergency ADD CONSTRAINT emergency_reason_said CHECK (btrim(reason) <> '');

-- It ends by a person, with a reason and an instant, or not at all.
ALTER TABLE emergency ADD CONSTRAINT emergency_end_whole
    CHECK (num_nonnulls(ended_by_id, ended_at) IN (0, 2) AND (ended_at IS NULL) = (btrim(end_reason) = ''));

-- Time does not run backwards.
ALTER TABLE emergency ADD CONSTRAINT emergency_ends_later CHECK (ended_at >= begun_at);

-- Ⅰ to Ⅳ, with a reason.
ALTER TABLE emergency_level ADD CONSTRAINT emergency_level_whole CHECK (level BETWEEN 1 AND 4 AND btrim(reason) <> '');

-- A district, a town or a committee.
ALTER TABLE command_group ADD CONSTRAINT command_group_area_known
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- Files call a group by its code.
ALTER TABLE command_group ADD CONSTRAINT command_group_once UNIQUE (area_code, code);

-- A person, a role or a unit.
ALTER TABLE command_member ADD CONSTRAINT command_member_one_of CHECK (num_nonnulls(account_id, role, unit_id) = 1);

-- Who commands is a person.
ALTER TABLE command_member ADD CONSTRAINT command_member_part_known
    CHECK (part IN ('commander', 'deputy', 'member') AND (part = 'member' OR account_id IS NOT NULL));

-- The kinds that pages have words for.
ALTER TABLE situation_entry ADD CONSTRAINT situation_entry_kind_known
    CHECK (kind IN ('begun', 'level', 'broadcast', 'order', 'note', 'ended'));

-- A note is a person's and says something; what concerns an order names it.
ALTER TABLE situation_entry ADD CONSTRAINT situation_entry_whole
    CHECK ((kind <> 'note' OR entered_by_id IS NOT NULL AND btrim(text) <> '')
        AND (kind = 'order') = (order_id IS NOT NULL));

-- Nothing is entered before it happened.
ALTER TABLE situation_entry ADD CONSTRAINT situation_entry_happened_first CHECK (happened_at <= entered_at);

-- A broadcast says something.
ALTER TABLE broadcast ADD CONSTRAINT broadcast_text_said CHECK (btrim(text) <> '');

-- What is answered: that it was seen, one of some choices, or in words.
ALTER TABLE broadcast ADD CONSTRAINT broadcast_answer_known
    CHECK (answer_kind IN ('seen', 'choice', 'text')
        AND (answer_kind = 'choice') = (cardinality(choices) BETWEEN 2 AND 6));

-- There is time to answer.
ALTER TABLE broadcast ADD CONSTRAINT broadcast_answer_later CHECK (answer_by > sent_at);

-- A person has one receipt, however often a broadcast is sent.
ALTER TABLE broadcast_receipt ADD CONSTRAINT broadcast_receipt_once UNIQUE (broadcast_id, account_id);

-- Whoever answered has seen it.
ALTER TABLE broadcast_receipt ADD CONSTRAINT broadcast_receipt_seen_first
    CHECK (answered_at IS NULL OR seen_at <= answered_at);

-- Without an answer nothing is said.
ALTER TABLE broadcast_receipt ADD CONSTRAINT broadcast_receipt_answer_whole
    CHECK (answered_at IS NOT NULL OR choice IS NULL AND answer = '');

-- The steps of the ladder.
ALTER TABLE receipt_step ADD CONSTRAINT receipt_step_known CHECK (step IN ('remind', 'deputy', 'head', 'call'));

-- Each step once, however many workers look.
ALTER TABLE receipt_step ADD CONSTRAINT receipt_step_once UNIQUE (receipt_id, step);
