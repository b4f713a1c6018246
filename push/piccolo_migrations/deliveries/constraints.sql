-- The channels that there are; inbox and live page need none.
ALTER TABLE gateway ADD CONSTRAINT gateway_channel_known
    CHECK (channel IN ('console', 'wecom', 'wechat', 'jpush', 'fcm', 'sms'));

-- Whom the routes tell apart.
ALTER TABLE message_route ADD CONSTRAINT message_route_recipient_known
    CHECK (recipient IN ('handler', 'reporter', 'verifier', 'desk', 'supervisor', 'escalated', 'inspector'));

-- Priorities as orders have them.
ALTER TABLE message_route ADD CONSTRAINT message_route_priority_known CHECK (priority ~ '^P[0-4]$');

-- A route leads over a channel that there is.
ALTER TABLE message_route ADD CONSTRAINT message_route_channel_known
    CHECK (channel IN ('console', 'wecom', 'wechat', 'jpush', 'fcm', 'sms'));

-- A channel is one alternative of one stage.
ALTER TABLE message_route ADD CONSTRAINT message_route_once UNIQUE (recipient, priority, stage, channel);

-- A stage begins at the message or later.
ALTER TABLE message_route ADD CONSTRAINT message_route_later CHECK (after_s >= 0 AND after_percent BETWEEN 0 AND 200);

-- A vendor knows a phone once, whoever is signed in on it.
ALTER TABLE device ADD CONSTRAINT device_token_once UNIQUE (channel, token);

-- Only an app has a token.
ALTER TABLE device ADD CONSTRAINT device_channel_known CHECK (channel IN ('jpush', 'fcm'));

-- FCM names an app by a token or by an installation.
ALTER TABLE device ADD CONSTRAINT device_token_kind_known CHECK (token_kind IN ('token', 'fid') AND token <> '');

-- The systems that we have words for.
ALTER TABLE device ADD CONSTRAINT device_platform_known CHECK (platform IN ('android', 'ios', 'hmos', 'web'));

-- The languages of our messages.
ALTER TABLE device ADD CONSTRAINT device_language_known CHECK (language IN ('zh', 'en'));

-- The life of a delivery.
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_state_known
    CHECK (state IN ('queued', 'sent', 'delivered', 'seen', 'failed', 'gave_up'));

-- What waits has a time at which it is tried, and nothing else has.
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_queued_has_time
    CHECK ((state = 'queued') = (next_at IS NOT NULL));

-- What ended without being sent says why.
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_says_why
    CHECK (state NOT IN ('failed', 'gave_up') OR (outcome <> '' AND ended_at IS NOT NULL));

-- Who asked for it once more, and when.
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_resent_whole
    CHECK (resent_by_id IS NULL OR resent_at IS NOT NULL);

-- A message goes over a channel to a phone once.
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_once
    UNIQUE NULLS NOT DISTINCT (message_id, channel, device_id);

-- Quiet hours have a beginning and an end.
ALTER TABLE notification_settings ADD CONSTRAINT notification_settings_quiet_whole
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL));

-- Muting twice is muting.
ALTER TABLE muted_kind ADD CONSTRAINT muted_kind_once UNIQUE (account_id, kind);
