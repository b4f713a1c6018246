-- What no row of public opinion may say, whoever writes it.

-- A word of a town is there once.
ALTER TABLE opinion_word ADD CONSTRAINT opinion_word_once UNIQUE (town_code, word);

-- A word is short, and has no number in it.
ALTER TABLE opinion_word ADD CONSTRAINT opinion_word_short CHECK (length(word) BETWEEN 2 AND 20 AND word !~ '[0-9]');

-- An order is counted once.
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_once UNIQUE (order_id);

-- It is counted in the week of its day.
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_week
    CHECK (extract(isodow FROM week) = 1 AND day BETWEEN week AND week + 6);

-- It is counted in the town of its area.
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_town
    CHECK (length(town_code) = 9 AND left(area_code, 9) = town_code);

-- A count of a word in an area and week is one row.
ALTER TABLE opinion_count ADD CONSTRAINT opinion_count_once UNIQUE (area_code, week, word_id);

-- A word is counted where somebody said it, and by no more people than orders.
ALTER TABLE opinion_count ADD CONSTRAINT opinion_count_of_some CHECK (reporters BETWEEN 1 AND orders);

-- A total of an area and week is one row.
ALTER TABLE opinion_total ADD CONSTRAINT opinion_total_once UNIQUE (area_code, week);

-- It is of somebody, and of no more people than orders.
ALTER TABLE opinion_total ADD CONSTRAINT opinion_total_of_some CHECK (reporters BETWEEN 1 AND orders);

-- A matter is made of words.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_has_words CHECK (cardinality(word_ids) > 0);

-- It lies in its town.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_town
    CHECK (length(town_code) = 9 AND left(area_code, 9) = town_code);

-- It is seen first before it is seen last.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_days CHECK (first_on <= last_on);

-- A warning says by which threshold it was given.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_warned CHECK ((warned_at IS NULL) = (threshold IS NULL));

-- The verdicts that there are.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_verdict_known CHECK (verdict IN ('useful', 'false_alarm'));

-- Only a warning is judged, by somebody at an instant.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_judged
    CHECK ((verdict IS NULL) = (judged_by_id IS NULL) AND (verdict IS NULL) = (judged_at IS NULL)
        AND (verdict IS NULL OR warned_at IS NOT NULL));

-- A town decides about its warnings in one row.
ALTER TABLE opinion_town ADD CONSTRAINT opinion_town_once UNIQUE (town_code);

-- It accepts some by chance, and not more than one a day.
ALTER TABLE opinion_town ADD CONSTRAINT opinion_town_accepted
    CHECK (accepted_per_month > 0 AND accepted_per_month <= 30);

-- What it accepts was set by somebody at an instant.
ALTER TABLE opinion_town ADD CONSTRAINT opinion_town_set
    CHECK ((accepted_per_month IS NULL) = (set_by_id IS NULL) AND (set_by_id IS NULL) = (set_at IS NULL));
