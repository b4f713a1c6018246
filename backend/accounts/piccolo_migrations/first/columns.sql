-- What Piccolo cannot say of the columns of accounts.

-- Failures of a day need no log: a crash forgives everybody.
ALTER TABLE sign_in_failure SET UNLOGGED;
