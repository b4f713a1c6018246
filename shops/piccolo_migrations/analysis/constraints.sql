-- The first reading counts.
ALTER TABLE report_reading ADD CONSTRAINT report_reading_once UNIQUE (shop_id, month, account_id);
ALTER TABLE report_reading ADD CONSTRAINT report_reading_month CHECK (month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$');
