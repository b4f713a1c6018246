-- What Piccolo cannot say of the columns of quotas.

-- Counts of a minute need no log: a crash forgives everybody.
ALTER TABLE quota_use SET UNLOGGED;
