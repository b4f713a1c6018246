-- How many were missed lately, by committee.
CREATE INDEX elder_visit_missed ON elder_visit (due_on) WHERE state = 'missed';
