-- What a check may say that staff should know.
ALTER TABLE content_mark ADD CONSTRAINT content_mark_verdict_known
    CHECK (verdict IN ('review', 'risky', 'unchecked'));
