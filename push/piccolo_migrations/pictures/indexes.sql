-- The marks of an order, for its page.
CREATE INDEX picture_check_by_order ON picture_check (order_id);
