-- Both say something; who withdrew it stands beside when.
ALTER TABLE published_answer ADD CONSTRAINT published_answer_says_something
    CHECK (btrim(question) <> '' AND btrim(answer) <> '');
ALTER TABLE published_answer ADD CONSTRAINT published_answer_withdrawn_by_somebody
    CHECK ((withdrawn_by_id IS NULL) = (withdrawn_at IS NULL));
