-- Somebody waits in the area of a committee, or in a whole town.
ALTER TABLE on_call ADD CONSTRAINT on_call_area_known CHECK (area_code ~ '^([0-9]{9}|[0-9]{12})$');

-- Nobody waits without an end.
ALTER TABLE on_call ADD CONSTRAINT on_call_ends_later CHECK (until > since);
