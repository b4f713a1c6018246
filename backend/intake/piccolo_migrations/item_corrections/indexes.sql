-- Words whose term is over are found by their age.
CREATE INDEX item_correction_by_age ON item_correction (decided_at) WHERE words IS NOT NULL;
