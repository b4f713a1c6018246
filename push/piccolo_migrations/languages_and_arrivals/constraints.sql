-- The languages of our messages.
ALTER TABLE notification_settings ADD CONSTRAINT notification_settings_language_known CHECK (language IN ('zh', 'en'));
