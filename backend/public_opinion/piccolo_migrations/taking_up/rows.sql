-- Chance was replayed for another statistic: every town is replayed anew the next night.
UPDATE opinion_town SET replayed_at = NULL, replayed_days = 0, surprises = '{}' WHERE replayed_at IS NOT NULL;
