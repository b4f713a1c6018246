-- A check that reached nobody has its verdict at once; an answer has one of the vendor's.
ALTER TABLE picture_check ADD CONSTRAINT picture_check_verdict_known
    CHECK (verdict IN ('pass', 'review', 'risky', 'unchecked'));
ALTER TABLE picture_check ADD CONSTRAINT picture_check_asked_or_unchecked
    CHECK (trace_id IS NOT NULL OR verdict = 'unchecked');
