-- One answer of a report stands at a time.
CREATE UNIQUE INDEX call_back_number_once ON call_back_number (report_id) WHERE ended_at IS NULL;

-- The answers of a report, latest first.
CREATE INDEX call_back_number_by_report ON call_back_number (report_id, id);

-- Numbers that are still there, for the nightly erasing.
CREATE INDEX call_back_number_there ON call_back_number (id) WHERE number IS NOT NULL;

-- Who opened the number of an order, and who that of an answer.
CREATE INDEX call_back_opening_by_order ON call_back_opening (order_id, id);
CREATE INDEX call_back_opening_by_number ON call_back_opening (number_id, id);
