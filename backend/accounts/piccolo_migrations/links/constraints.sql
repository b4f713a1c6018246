-- A link is stored as the SHA-256 of its token alone.
ALTER TABLE session_link ADD CONSTRAINT session_link_hash_is_sha256 CHECK (octet_length(token_hash) = 32);

-- What a link may do.
ALTER TABLE session_link ADD CONSTRAINT session_link_purpose_known CHECK (purpose IN ('web_view', 'merge'));

-- A link into a web-view lives for a minute, one that joins two phones for ten.
ALTER TABLE session_link ADD CONSTRAINT session_link_is_short CHECK (
    expires_at > made_at
    AND expires_at <= made_at + CASE purpose WHEN 'web_view' THEN interval '1 minute' ELSE interval '10 minutes' END);

-- A session that was given goes with its giver. Piccolo cannot add a reference to the table itself.
ALTER TABLE session ADD CONSTRAINT session_given_by_id_fkey
    FOREIGN KEY (given_by_id) REFERENCES session (id) ON DELETE CASCADE;

-- No session gives itself.
ALTER TABLE session ADD CONSTRAINT session_is_given_by_another CHECK (given_by_id <> id);
