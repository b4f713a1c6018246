-- Indexes of quotas beside those of keys and plain columns, which Piccolo makes.

-- Uses that no longer count are found and deleted.
CREATE INDEX quota_use_by_end ON quota_use (full_at);
