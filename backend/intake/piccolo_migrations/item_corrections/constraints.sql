-- What no row about a correction may say, whoever writes it.

-- A case of a source has one decision, the last.
ALTER TABLE item_correction ADD CONSTRAINT item_correction_once UNIQUE (source, source_number);

-- A case is named.
ALTER TABLE item_correction ADD CONSTRAINT item_correction_named CHECK (source <> '' AND source_number <> '');

ALTER TABLE item_correction ADD CONSTRAINT item_correction_probability CHECK (probability BETWEEN 0 AND 1);
