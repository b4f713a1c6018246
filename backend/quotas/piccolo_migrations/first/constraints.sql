-- What no row of quotas may say, whoever writes it.

-- A quota is counted over a span that is not empty.
ALTER TABLE quota_use ADD CONSTRAINT quota_use_span_is_time CHECK (span_s > 0);
