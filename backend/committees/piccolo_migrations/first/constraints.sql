-- What no row of committees may say, whoever writes it.

-- A dictionary is a street's or town's.
ALTER TABLE task_template ADD CONSTRAINT task_template_of_a_town CHECK (area_code ~ '^[0-9]{9}$');

-- Files and requests name a task by its code.
ALTER TABLE task_template ADD CONSTRAINT task_template_code_plain CHECK (code ~ '^[a-z][a-z0-9_]*$');

-- One task of a code in a town.
ALTER TABLE task_template ADD CONSTRAINT task_template_code_once UNIQUE (area_code, code);

-- What a row of a list refers to: the task, in the dictionary of the committee's own town.
ALTER TABLE task_template ADD CONSTRAINT task_template_in_town UNIQUE (id, area_code);

-- The kinds that pages have words for.
ALTER TABLE task_template ADD CONSTRAINT task_template_kind_known
    CHECK (kind IN ('three_patrols', 'fire_lane', 'flood_point', 'single_elder', 'facility', 'other'));

-- It has names, and takes some minutes of a day.
ALTER TABLE task_template ADD CONSTRAINT task_template_said
    CHECK (name_zh <> '' AND name_en <> '' AND expected_min BETWEEN 1 AND 600);

-- Daily or coarser; when the series begins is said beside it.
ALTER TABLE task_template ADD CONSTRAINT task_template_rrule_coarse
    CHECK (default_rrule ~ '^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)'
        AND default_rrule !~ 'DTSTART|BYHOUR|BYMINUTE|BYSECOND');

-- A list is a committee's.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_of_a_committee CHECK (committee_code ~ '^[0-9]{12}$');

-- Versions are counted from 1, each once.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_version_once UNIQUE (committee_code, template_id, version);

-- Versions are counted from 1.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_version_counted CHECK (version > 0);

-- The task is in the dictionary of the committee's own town.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_own_town
    FOREIGN KEY (template_id, town_code) REFERENCES task_template (id, area_code) ON DELETE RESTRICT;

-- Daily or coarser; when the series begins is said beside it.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_rrule_coarse
    CHECK (rrule ~ '^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)' AND rrule !~ 'DTSTART|BYHOUR|BYMINUTE|BYSECOND');

-- A day is a day of somewhere.
ALTER TABLE duty_entry ADD CONSTRAINT duty_entry_zone_said CHECK (zone <> '');

-- A list is a committee's.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_of_a_committee CHECK (committee_code ~ '^[0-9]{12}$');

-- The task is in the dictionary of the committee's own town.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_own_town
    FOREIGN KEY (template_id, town_code) REFERENCES task_template (id, area_code) ON DELETE RESTRICT;

-- What can be asked for.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_kind_known
    CHECK (kind IN ('frequency', 'switch_off', 'switch_on', 'add'));

-- What is added was not in the list; everything else changes a version.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_base_version CHECK ((kind = 'add') = (base_version = 0));

-- Daily or coarser; when the series begins is said beside it.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_rrule_coarse
    CHECK (rrule ~ '^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)' AND rrule !~ 'DTSTART|BYHOUR|BYMINUTE|BYSECOND');

-- The town reads why.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_reason_said CHECK (btrim(reason) <> '');

-- An open request has no decision, one that ended says when and by whom.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_state_known
    CHECK (state IN ('open', 'granted', 'refused', 'withdrawn')
        AND (state = 'open') = (decided_at IS NULL) AND (state = 'open') = (decided_by_id IS NULL));

-- A refusal says why, and nothing else does.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_refusal_said CHECK ((state = 'refused') = (btrim(refusal) <> ''));

-- Nobody decides on the own request; withdrawing it is no decision.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_decided_by_another
    CHECK (state = 'withdrawn' OR decided_by_id <> requested_by_id);

-- A print is of what was said under a key.
ALTER TABLE duty_change ADD CONSTRAINT duty_change_print_of_a_key
    CHECK ((key_print IS NULL) = (idempotency_key IS NULL));
