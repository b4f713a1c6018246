-- A person elsewhere is one account here.
ALTER TABLE external_identity ADD CONSTRAINT external_identity_is_one_account UNIQUE (vendor, subject);

-- An account is one person there.
ALTER TABLE external_identity ADD CONSTRAINT external_identity_of_account UNIQUE (account_id, vendor);

-- The systems in which people have a name that we use.
ALTER TABLE external_identity ADD CONSTRAINT external_identity_vendor_known
    CHECK (vendor IN ('wechat', 'wecom') AND subject <> '');
