-- What everybody may read, the latest first.
CREATE INDEX published_answer_shown ON published_answer (published_at DESC, id DESC) WHERE withdrawn_at IS NULL;
