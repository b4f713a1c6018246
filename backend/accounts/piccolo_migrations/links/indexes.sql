-- Links that are over are found and deleted.
CREATE INDEX session_link_by_expiry ON session_link (expires_at);

-- The session that a mini-program has given to its web-view; the next one takes its place.
CREATE INDEX session_by_giver ON session (given_by_id) WHERE given_by_id IS NOT NULL;
