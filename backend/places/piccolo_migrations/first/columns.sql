-- What Piccolo cannot say of the columns of places.

-- The words of a place as they are compared, whoever writes the row.
ALTER TABLE place ADD COLUMN words text NOT NULL
    GENERATED ALWAYS AS (place_fold(name) || E'\n' || place_fold(address)) STORED;
