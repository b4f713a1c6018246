-- What Piccolo cannot say of the columns of events.

-- Readers wait for older transactions, so an event carries the number of its own.
ALTER TABLE event_log ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
