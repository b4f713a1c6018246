-- A token is lent for a while, and renewed before its end or at it.
ALTER TABLE vendor_token ADD CONSTRAINT vendor_token_has_value CHECK (name <> '' AND length(sealed) > 28);

-- What a person agreed to is counted once for each template.
ALTER TABLE subscribe_credit ADD CONSTRAINT subscribe_credit_once UNIQUE (account_id, template_id);

-- Nobody owes a message.
ALTER TABLE subscribe_credit ADD CONSTRAINT subscribe_credit_counts CHECK (credit >= 0 AND template_id <> '');
