-- What a person got, the latest first.
CREATE INDEX policy_recipient_by_account ON policy_recipient (account_id, sent_at DESC);

-- The policies of an area, the latest first.
CREATE INDEX policy_by_area ON policy (area_code, id DESC);
