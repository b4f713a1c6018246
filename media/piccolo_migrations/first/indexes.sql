-- Indexes of media beside those of keys and plain columns, which Piccolo makes.

-- The same file again.
CREATE INDEX photo_by_sha256 ON photo (sha256);

-- Photos to be thinned, oldest first.
CREATE INDEX photo_by_age ON photo (created_at) WHERE thinned_at IS NULL;

-- One index holds all whole-photo hashes, so that looking for likes reads nothing else.
CREATE INDEX photo_by_hashes ON photo (phash) INCLUDE (phash_inner, phash_core, id);

-- Photos that share a part.
CREATE INDEX photo_hash_keys ON photo USING gin (hash_keys);

-- Photos whose parts have not been hashed yet.
CREATE INDEX photo_without_hashes ON photo (created_at) WHERE hashes = '{}';

-- The photos of one thing in their order.
CREATE INDEX photo_attachment_by_subject ON photo_attachment (subject_kind, subject_id, position);

-- Uploads that were given up are found and deleted.
CREATE INDEX photo_upload_by_expiry ON photo_upload (expires_at);
