-- What Piccolo cannot say of the columns of committees.

-- The town whose dictionary a committee draws on.
ALTER TABLE duty_entry ADD COLUMN town_code varchar(9) NOT NULL
    GENERATED ALWAYS AS (left(committee_code, 9)) STORED;

-- The town that decides.
ALTER TABLE duty_change ADD COLUMN town_code varchar(9) NOT NULL
    GENERATED ALWAYS AS (left(committee_code, 9)) STORED;
