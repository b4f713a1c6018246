-- The matters of a district's towns.
CREATE INDEX emerging_matter_within ON emerging_matter (town_code varchar_pattern_ops, last_on);

-- The steps of a matter.
CREATE INDEX matter_step_of_matter ON matter_step (matter_id, id);

-- A word of a district in its weeks.
CREATE INDEX opinion_district_count_of_word ON opinion_district_count (district_code, word, week);

-- Records that wait to be counted: there are few.
CREATE INDEX opinion_pending_of_record ON opinion_pending (record_id) WHERE record_id IS NOT NULL;

-- A word of a district's towns, each of which has it as its own.
CREATE INDEX opinion_word_by_word ON opinion_word (word, town_code);
