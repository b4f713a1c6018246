-- The marks of an order, for its page.
CREATE INDEX content_mark_by_order ON content_mark (order_id);
