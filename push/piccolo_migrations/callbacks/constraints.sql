-- A callback is dealt with once, however often it comes.
ALTER TABLE vendor_callback ADD CONSTRAINT vendor_callback_once UNIQUE (vendor, digest);

-- The vendors that call us, and a digest of SHA-256.
ALTER TABLE vendor_callback ADD CONSTRAINT vendor_callback_known
    CHECK (vendor IN ('wechat', 'wecom') AND length(digest) = 32 AND kind <> '');
