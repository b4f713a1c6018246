-- What no row of hotline cases may say, whoever writes it.

-- A case has one number in its platform.
ALTER TABLE hotline_task ADD CONSTRAINT hotline_task_number_once UNIQUE (source_id, task_no);

-- The kinds of backend/intake/hotline/kinds.py.
ALTER TABLE hotline_task ADD CONSTRAINT hotline_task_kind_known
    CHECK (kind IN ('consult', 'suggestion', 'supervised', 'review', 'help', 'complaint', 'police'));

-- Working days are counted from the next one on.
ALTER TABLE hotline_task ADD CONSTRAINT hotline_task_days_counted CHECK (days BETWEEN 1 AND 400);

-- What has ended says how.
ALTER TABLE hotline_task ADD CONSTRAINT hotline_task_end_says_how
    CHECK ((ended_at IS NULL) = (ended_as IS NULL) AND ended_as IN ('solved', 'returned', 'answered'));

-- Solved is what the platform said.
ALTER TABLE hotline_task ADD CONSTRAINT hotline_task_solved_by_its_platform
    CHECK (ended_as IS DISTINCT FROM 'solved' OR agreed_at IS NOT NULL);

-- What came of a call.
ALTER TABLE hotline_contact ADD CONSTRAINT hotline_contact_result_known
    CHECK (result IN ('reached', 'unreached') AND tries BETWEEN 1 AND 20);

-- One tap is one call.
ALTER TABLE hotline_contact ADD CONSTRAINT hotline_contact_once UNIQUE (task_id, made_by_id, client_key);

-- More days are asked for with their number, and nothing else is.
ALTER TABLE hotline_act ADD CONSTRAINT hotline_act_kind_known
    CHECK (kind IN ('return', 'extension') AND (kind = 'extension') = (days IS NOT NULL) AND days BETWEEN 1 AND 30);

-- An act has its reason.
ALTER TABLE hotline_act ADD CONSTRAINT hotline_act_has_reason CHECK (btrim(reason) <> '' AND code <> '');

-- A decision says what and when.
ALTER TABLE hotline_act ADD CONSTRAINT hotline_act_decided_says_what
    CHECK ((decided_at IS NULL) = (is_granted IS NULL));

-- Each feedback of a case has its number.
ALTER TABLE hotline_feedback ADD CONSTRAINT hotline_feedback_serial_once UNIQUE (task_id, serial);

-- A round of work is handed in once.
ALTER TABLE hotline_feedback ADD CONSTRAINT hotline_feedback_round_once UNIQUE (task_id, round_at);

-- One tap is one feedback.
ALTER TABLE hotline_feedback ADD CONSTRAINT hotline_feedback_once UNIQUE (task_id, made_by_id, client_key);

-- A call counts once.
ALTER TABLE hotline_call_back ADD CONSTRAINT hotline_call_back_once UNIQUE (task_id, call_no);

-- Whoever was not reached said nothing.
ALTER TABLE hotline_call_back ADD CONSTRAINT hotline_call_back_said_by_somebody
    CHECK (is_reached OR is_solved IS NULL AND is_satisfied IS NULL);

-- A message waits, was taken, or was refused for good.
ALTER TABLE hotline_exchange ADD CONSTRAINT hotline_exchange_state_known
    CHECK (state IN ('queued', 'taken', 'refused') AND (state = 'queued') = (ended_at IS NULL));

-- An address is one of the web.
ALTER TABLE hotline_endpoint ADD CONSTRAINT hotline_endpoint_url CHECK (url ~ '^https?://');
