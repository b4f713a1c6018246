-- Nobody is joined into themselves.
ALTER TABLE account_merge ADD CONSTRAINT account_merge_into_another CHECK (survivor_id <> merged_id);

-- The link by which it was done, as its SHA-256 alone.
ALTER TABLE account_merge ADD CONSTRAINT account_merge_hash_is_sha256 CHECK (octet_length(token_hash) = 32);
