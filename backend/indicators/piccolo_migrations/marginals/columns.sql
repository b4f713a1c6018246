-- What Piccolo cannot say of the columns of sums.

-- Codes are compared as bytes, as those of contributions are.
ALTER TABLE activity_contribution ALTER COLUMN area_code TYPE varchar(12) COLLATE "C";

-- So are those of sums along a dimension.
ALTER TABLE indicator_marginal ALTER COLUMN area_code TYPE varchar(12) COLLATE "C";

-- And those of times by bucket.
ALTER TABLE indicator_spread ALTER COLUMN area_code TYPE varchar(12) COLLATE "C";

-- Rows of sums change at each count: room for their next versions beside them.
ALTER TABLE indicator_marginal SET (fillfactor = 70);

-- The same of times.
ALTER TABLE indicator_spread SET (fillfactor = 70);
