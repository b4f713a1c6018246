-- What no row of emergencies may say, whoever writes it.

-- What changed is a plan or a group.
ALTER TABLE preparation_change ADD CONSTRAINT preparation_change_is_of_one CHECK (num_nonnulls(plan_id, group_id) = 1);

-- Somebody is reminded within a month.
ALTER TABLE emergency ADD CONSTRAINT emergency_warns CHECK (warn_after_hours BETWEEN 1 AND 720);

-- The kinds that pages have words for.
ALTER TABLE situation_entry DROP CONSTRAINT situation_entry_kind_known;
ALTER TABLE situation_entry ADD CONSTRAINT situation_entry_kind_known
    CHECK (kind IN ('begun', 'level', 'broadcast', 'order', 'campaign', 'note', 'ended'));
