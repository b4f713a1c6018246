-- Shops by their grade, for the street.
CREATE INDEX shop_grade_by_grade ON shop_grade (grade, shop_id);

-- How a shop came to its grade.
CREATE INDEX grade_change_by_shop ON grade_change (shop_id, at);
