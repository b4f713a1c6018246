-- What no row of intake records may say, whoever writes it.

-- Nothing arrives twice: a number of a source is one record.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_once UNIQUE (source_id, source_no);

-- A record has a number.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_numbered CHECK (source_no <> '');

-- The states that there are.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_state_known
    CHECK (state IN ('filed', 'folded', 'unsure', 'unreadable', 'turned_away'));

-- What was filed or folded has its order, and nothing else has one.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_filed_has_order
    CHECK ((state IN ('filed', 'folded')) = (order_id IS NOT NULL));

-- What is settled says since when, and nothing else does.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_settled_says_when
    CHECK ((state IN ('filed', 'folded', 'turned_away')) = (settled_at IS NOT NULL));

-- Whoever turns something away says why.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_turned_away_says_why
    CHECK (state <> 'turned_away' OR note <> '');

-- Only what was filed can be wrong.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_wrong_was_filed CHECK (NOT is_wrong OR state = 'filed');

-- A person decided, or nobody had to.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_decided_by_somebody
    CHECK (is_automatic = (decided_by_id IS NULL));

-- Messages and versions are counted upwards.
ALTER TABLE intake_record ADD CONSTRAINT intake_record_counted CHECK (messages >= 1 AND version >= 1);

-- The same message of a record is stored once.
ALTER TABLE intake_message ADD CONSTRAINT intake_message_once UNIQUE (record_id, body_print);

-- What can be opened.
ALTER TABLE record_reading ADD CONSTRAINT record_reading_part_known CHECK (part IN ('message', 'contact'));
