-- What no row of qr may say, whoever writes it.

-- Twelve characters that cannot be mistaken for one another.
ALTER TABLE qr_code ADD CONSTRAINT qr_code_shape CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$');

-- The states of docs/qr.md.
ALTER TABLE qr_code ADD CONSTRAINT qr_code_status_known
    CHECK (status IN ('unbound', 'active', 'damaged', 'replaced', 'revoked'));

-- A live code hangs at exactly one place, any other at none.
ALTER TABLE qr_code ADD CONSTRAINT qr_code_place_while_live
    CHECK ((status IN ('active', 'damaged')) = (place_id IS NOT NULL));

-- A replaced code leads to its successor, no other does.
ALTER TABLE qr_code ADD CONSTRAINT qr_code_successor_when_replaced
    CHECK ((status = 'replaced') = (successor_id IS NOT NULL));

-- A code does not lead to itself.
ALTER TABLE qr_code ADD CONSTRAINT qr_code_successor_is_another CHECK (successor_id <> code);

-- A binding lasts, if only for an instant.
ALTER TABLE qr_binding ADD CONSTRAINT qr_binding_ends_after_start CHECK (ended_at >= bound_at);

-- What ended says why.
ALTER TABLE qr_binding ADD CONSTRAINT qr_binding_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL));
