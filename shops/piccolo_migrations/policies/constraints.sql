-- The life of a policy; what was sent says when.
ALTER TABLE policy ADD CONSTRAINT policy_state_known CHECK (state IN ('draft', 'sent', 'withdrawn'));
ALTER TABLE policy ADD CONSTRAINT policy_sent_says_when CHECK ((state = 'draft') = (sent_at IS NULL));
ALTER TABLE policy ADD CONSTRAINT policy_says_something CHECK (btrim(title) <> '' AND btrim(body) <> '');
ALTER TABLE policy ADD CONSTRAINT policy_ends_later CHECK (ends_on >= starts_on);
ALTER TABLE policy ADD CONSTRAINT policy_sizes_in_order
    CHECK (size_from_m2 >= 0 AND size_until_m2 >= coalesce(size_from_m2, 0));
ALTER TABLE policy ADD CONSTRAINT policy_grades_known CHECK (grades <@ ARRAY['A', 'B', 'C']::varchar[]);

-- A person gets a policy once for each shop.
ALTER TABLE policy_recipient ADD CONSTRAINT policy_recipient_once UNIQUE (policy_id, shop_id, account_id);

-- What a phone sends again is the same question.
ALTER TABLE policy_question ADD CONSTRAINT policy_question_key_once UNIQUE (account_id, client_key);
