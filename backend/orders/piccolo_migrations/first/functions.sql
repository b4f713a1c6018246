-- Functions of orders that columns, indexes and triggers below use.

-- A change of state or deadline has the escalation look at the order at once; ended and suspended ones have none.
CREATE FUNCTION wake_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.ladder_at := CASE
        WHEN NEW.state IN ('closed', 'cancelled', 'suspended', 'merged') THEN NULL
        ELSE '-infinity'::timestamptz END;
    RETURN NEW;
END $$;
