-- What Piccolo cannot say of the columns of orders.

-- A new order is looked at by the escalation at once.
ALTER TABLE work_order ALTER COLUMN ladder_at SET DEFAULT '-infinity';
