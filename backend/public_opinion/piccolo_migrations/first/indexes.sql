-- The texts of a town by week: what is counted anew, and what matters are looked for in.
CREATE INDEX opinion_text_of_town ON opinion_text (town_code, week);

-- The orders of a word.
CREATE INDEX opinion_text_by_word ON opinion_text USING gin (word_ids);

-- Whether a word was said in an area before a week.
CREATE INDEX opinion_count_of_word ON opinion_count (word_id, area_code, week);

-- The matters of a town, the latest first.
CREATE INDEX emerging_matter_of_town ON emerging_matter (town_code, last_on);

-- Orders that wait to be counted, by order: an order of them is looked up where it is removed.
CREATE INDEX opinion_pending_of_order ON opinion_pending (order_id);
