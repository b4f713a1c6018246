-- Indexes of qr beside those of keys and plain columns, which Piccolo makes.

-- The codes of a batch.
CREATE INDEX qr_code_batch ON qr_code (batch_id);

-- A code hangs at one place at a time.
CREATE UNIQUE INDEX qr_binding_one_open ON qr_binding (code_id) WHERE ended_at IS NULL;

-- The scans of a code, latest last.
CREATE INDEX qr_scan_by_code ON qr_scan (code, scanned_at);

-- A plate under suspicion is looked at once.
CREATE UNIQUE INDEX qr_plate_check_one_open ON qr_plate_check (code_id) WHERE settled_at IS NULL;
