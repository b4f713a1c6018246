-- What no row of media may say, whoever writes it.

-- A photo that is sent again is the same photo.
ALTER TABLE photo ADD CONSTRAINT photo_owner_client_key_once UNIQUE (owner_id, client_key);

-- SHA-256 has 32 bytes.
ALTER TABLE photo ADD CONSTRAINT photo_sha256_whole CHECK (octet_length(sha256) = 32);

-- A photo has pixels and bytes.
ALTER TABLE photo ADD CONSTRAINT photo_size_real CHECK (width > 0 AND height > 0 AND size_bytes > 0);

-- The kinds of files that are decoded.
ALTER TABLE photo ADD CONSTRAINT photo_media_type_known
    CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/heic'));

-- Who may see a photo depends on it.
ALTER TABLE photo ADD CONSTRAINT photo_visibility_known CHECK (visibility IN ('withheld', 'released', 'redacted'));

-- What is painted over is a list of boxes.
ALTER TABLE photo ADD CONSTRAINT photo_boxes_are_a_list CHECK (jsonb_typeof(boxes) = 'array');

-- Accuracy is a distance in metres.
ALTER TABLE photo ADD CONSTRAINT photo_gps_accuracy_not_negative CHECK (gps_accuracy_m >= 0);

-- A photo that has hashes of its parts is found by their keys.
ALTER TABLE photo ADD CONSTRAINT photo_hashes_have_keys CHECK ((hashes = '{}') = (hash_keys = '{}'));

-- A photo is evidence for one thing.
ALTER TABLE photo_attachment ADD CONSTRAINT photo_attachment_photo_once UNIQUE (photo_id);

-- What a photo can belong to.
ALTER TABLE photo_attachment ADD CONSTRAINT photo_attachment_kind_known
    CHECK (subject_kind IN ('report', 'order_step', 'code_binding'));

-- What a photo can show.
ALTER TABLE photo_attachment ADD CONSTRAINT photo_attachment_role_known
    CHECK (role IN ('report', 'before', 'after', 'plate', 'arrival'));

-- The acts that are recorded.
ALTER TABLE photo_act ADD CONSTRAINT photo_act_known
    CHECK (act IN ('read_original', 'redact', 'release', 'withhold', 'hold', 'let_go'));

-- No photo is shown, withheld, painted over or read without a reason. Not validated: older acts had none.
ALTER TABLE photo_act ADD CONSTRAINT photo_act_has_reason
    CHECK ( act NOT IN ('read_original', 'redact', 'release', 'withhold') OR length(btrim(reason)) >= 2 ) NOT VALID;

-- Comparing twice changes nothing.
ALTER TABLE photo_match ADD CONSTRAINT photo_match_pair_once UNIQUE (photo_id, earlier_id);

-- A photo is like itself, which says nothing.
ALTER TABLE photo_match ADD CONSTRAINT photo_match_of_two CHECK (photo_id <> earlier_id);

-- Hashes have 64 bits.
ALTER TABLE photo_match ADD CONSTRAINT photo_match_distance_bits CHECK (distance BETWEEN 0 AND 64);

-- By pieces through the product, or straight into the store.
ALTER TABLE photo_upload ADD CONSTRAINT photo_upload_way_known CHECK (way IN ('tus', 'direct'));

-- An upload has bytes.
ALTER TABLE photo_upload ADD CONSTRAINT photo_upload_size_real CHECK (size_bytes > 0);
