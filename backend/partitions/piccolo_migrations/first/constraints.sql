-- What no row about an archived part may say, whoever writes it.

-- A file is told by its 64 hexadecimal digits.
ALTER TABLE archived_part ADD CONSTRAINT archived_part_sha256_hex CHECK (sha256 ~ '^[0-9a-f]{64}$');

-- An empty part leaves no file.
ALTER TABLE archived_part ADD CONSTRAINT archived_part_has_rows CHECK (row_count > 0 AND first_id <= last_id);
