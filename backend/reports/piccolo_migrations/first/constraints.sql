-- What no row of reports may say, whoever writes it.

-- A report that is sent again is the same report.
ALTER TABLE report ADD CONSTRAINT report_sent_once UNIQUE (reporter_id, client_id);

-- A short repeat key might be another's.
ALTER TABLE report ADD CONSTRAINT report_client_id_long_enough CHECK (length(client_id) >= 8);

-- Whoever has the token sees the report.
ALTER TABLE report ADD CONSTRAINT report_token_hard_to_guess CHECK (length(tracking_token) >= 22);

-- A fingerprint is 32 hexadecimal digits. Not validated: adopted rows may be older.
ALTER TABLE report ADD CONSTRAINT report_key_print_hex CHECK (key_print ~ '^[0-9a-f]{32}$') NOT VALID;

-- Metres and minutes; 0 minutes mean never.
ALTER TABLE duplicate_rule ADD CONSTRAINT duplicate_rule_lengths
    CHECK (radius_m BETWEEN 0 AND 1000 AND window_min >= 0 AND closed_min >= 0);
