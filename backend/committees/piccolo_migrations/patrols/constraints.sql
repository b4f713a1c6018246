-- What no row of patrols may say, whoever writes it.

-- A route is a committee's.
ALTER TABLE patrol_route ADD CONSTRAINT patrol_route_of_a_committee CHECK (committee_code ~ '^[0-9]{12}$');

-- Pages and files call it by its name.
ALTER TABLE patrol_route ADD CONSTRAINT patrol_route_named CHECK (btrim(name) <> '');

-- One route of a name for a task of a committee: a file that comes again changes it.
ALTER TABLE patrol_route ADD CONSTRAINT patrol_route_name_once UNIQUE (committee_code, template_id, name);

-- What patrol_task_own_route refers to.
ALTER TABLE patrol_route ADD CONSTRAINT patrol_route_in_committee UNIQUE (id, committee_code);

-- As many stops as one person can walk to.
ALTER TABLE patrol_route_stop ADD CONSTRAINT patrol_route_stop_counted CHECK (seq BETWEEN 1 AND 200);

-- Each place of a route has a number of its own.
ALTER TABLE patrol_route_stop ADD CONSTRAINT patrol_route_stop_seq_once UNIQUE (route_id, seq);

-- A place is visited once on a walk.
ALTER TABLE patrol_route_stop ADD CONSTRAINT patrol_route_stop_place_once UNIQUE (route_id, place_id);

-- A route is walked once a day, however often and by however many workers the day is generated.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_once UNIQUE (route_id, due_on);

-- A task lies where its route does.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_own_route
    FOREIGN KEY (route_id, committee_code) REFERENCES patrol_route (id, committee_code) ON DELETE RESTRICT;

-- The states that pages have words for.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_state_known
    CHECK (state IN ('open', 'claimed', 'finished', 'lapsed'));

-- Nobody walks what is open; what is claimed or finished somebody walks.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_walker_said
    CHECK ((walker_id IS NULL) = (claimed_at IS NULL)
        AND (state <> 'open' OR walker_id IS NULL) AND (state NOT IN ('claimed', 'finished') OR walker_id IS NOT NULL));

-- The end of a walk is an instant, and what has not ended has none.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_end_said CHECK ((state = 'finished') = (finished_at IS NOT NULL));

-- Versions are counted from 1.
ALTER TABLE patrol_task ADD CONSTRAINT patrol_task_version_counted CHECK (version > 0);

-- Each place of a task has a number of its own.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_seq_once UNIQUE (task_id, seq);

-- A place is visited once on a walk.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_place_once UNIQUE (task_id, place_id);

-- A proof says who, when and how; without one nothing is said.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_proof_whole
    CHECK (num_nonnulls(proved_at, proved_by_id, received_at, method, grade) IN (0, 5)
        AND (proved_at IS NOT NULL OR num_nonnulls(distance_m, accuracy_m) = 0 AND cardinality(doubts) = 0));

-- By the place's code or by position.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_method_known CHECK (method IN ('code', 'gps'));

-- A position is what a proof by position rests on.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_position_said CHECK (method <> 'gps' OR distance_m IS NOT NULL);

-- Only a code at the door, without doubts, is strong.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_grade_known
    CHECK (grade IN ('strong', 'fair', 'weak')
        AND (grade <> 'strong' OR method = 'code' AND cardinality(doubts) = 0));

-- The doubts of docs/arrival.md.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_doubts_known
    CHECK (doubts <@ ARRAY['mock', 'impossible_speed', 'vague', 'stale', 'by_hand', 'offline', 'clock_wrong',
        'code_not_fresh', 'code_elsewhere']::varchar[]);

-- What was visited was not missed.
ALTER TABLE patrol_stop ADD CONSTRAINT patrol_stop_visited_or_missed CHECK (NOT is_missed OR proved_at IS NULL);

-- A report that is sent again is one finding.
ALTER TABLE patrol_finding ADD CONSTRAINT patrol_finding_once UNIQUE (stop_id, order_id);
