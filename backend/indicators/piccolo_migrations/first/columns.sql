-- What Piccolo cannot say of the columns of indicators.

-- Codes are compared as bytes: what lies in an area is a range of the index, whatever the database's collation.
ALTER TABLE order_contribution ALTER COLUMN area_code TYPE varchar(12) COLLATE "C";

-- So are those of the sums of months.
ALTER TABLE indicator_month ALTER COLUMN area_code TYPE varchar(12) COLLATE "C";

-- Rows of months change at each count: room for their next versions beside them.
ALTER TABLE indicator_month SET (fillfactor = 70);
