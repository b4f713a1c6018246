-- One request of an account by a link, however often it is sent.
ALTER TABLE merge_request ADD CONSTRAINT merge_request_once UNIQUE (session_link_id, account_id);

-- A number names one phone among those that wait by a link.
ALTER TABLE merge_request ADD CONSTRAINT merge_request_number_names_one UNIQUE (session_link_id, number);

-- What a person reads on one phone and types on the other.
ALTER TABLE merge_request ADD CONSTRAINT merge_request_number_is_six_digits CHECK (number ~ '^[0-9]{6}$');
