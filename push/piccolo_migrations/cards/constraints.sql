-- As WeCom takes it, and about an order by a delivery.
ALTER TABLE wecom_card ADD CONSTRAINT wecom_card_task_id_known CHECK (task_id ~ '^order-[0-9]+-[0-9]+(-[0-9]+)?$');

-- Without a code a card cannot be changed.
ALTER TABLE wecom_card ADD CONSTRAINT wecom_card_has_code CHECK (response_code <> '');

-- What a button takes.
ALTER TABLE wecom_card ADD CONSTRAINT wecom_card_words_fit CHECK (length(words) <= 20);

-- Only what is to say something has said it.
ALTER TABLE wecom_card ADD CONSTRAINT wecom_card_says_something CHECK (updated_at IS NULL OR words <> '');
