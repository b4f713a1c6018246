-- What items ask of whoever takes an order, as a town starts.

-- What a town starts with: safety is no work for minors. No item asks for a skill until the town says so.
INSERT INTO item_requirement (item_prefix, is_adults_only) VALUES ('B', true);
