-- Indexes of reports beside those of keys and plain columns, which Piccolo makes.

-- A person reports an order once.
CREATE UNIQUE INDEX report_once_a_person ON report (order_id, reporter_id);
