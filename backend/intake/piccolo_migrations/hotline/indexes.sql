-- The cases of an order.
CREATE INDEX hotline_task_of_order ON hotline_task (order_id) WHERE order_id IS NOT NULL;

-- Whoever is to be warned, by when.
CREATE INDEX hotline_task_contact_warning ON hotline_task (contact_warn_at) WHERE contact_warn_at IS NOT NULL;
CREATE INDEX hotline_task_due_warning ON hotline_task (due_warn_at) WHERE due_warn_at IS NOT NULL;

-- One act of a case waits for its decision.
CREATE UNIQUE INDEX hotline_act_pending ON hotline_act (task_id) WHERE decided_at IS NULL;

-- The story of a case.
CREATE INDEX hotline_act_of_task ON hotline_act (task_id);
CREATE INDEX hotline_exchange_of_task ON hotline_exchange (task_id);

-- What waits for a platform, in its order.
CREATE INDEX hotline_exchange_queued ON hotline_exchange (source_id, id) WHERE state = 'queued';
