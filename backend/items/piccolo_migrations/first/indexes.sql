-- Indexes of items beside those of keys and plain columns, which Piccolo makes.

-- One answer for a subject in an area; a missing value counts as a value.
CREATE UNIQUE INDEX responsibility_rule_once ON responsibility_rule
    (coalesce(item_id, ''), coalesce(unit_type, ''), area_code);

-- The rules that name a unit.
CREATE INDEX responsibility_rule_by_unit ON responsibility_rule (unit_id);
