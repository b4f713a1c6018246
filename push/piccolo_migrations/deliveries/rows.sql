-- The order of attempts that a town starts with. Staff: WeCom, else the app, else WeChat. Urgent orders that nobody has
-- looked at when half of the respond limit is gone go out as a text message. Residents are never sent one.
INSERT INTO message_route (recipient, priority, stage, position, channel, after_s, after_percent)
SELECT recipient, priority, 0, position, channel, 0, 0
FROM unnest(ARRAY['handler', 'verifier', 'desk', 'supervisor', 'escalated', 'inspector']) AS recipient,
     unnest(ARRAY['P0', 'P1', 'P2', 'P3', 'P4']) AS priority,
     unnest(ARRAY['wecom', 'jpush', 'fcm', 'wechat', 'console']) WITH ORDINALITY AS alternative (channel, position);
INSERT INTO message_route (recipient, priority, stage, position, channel, after_s, after_percent)
SELECT 'reporter', priority, 0, position, channel, 0, 0
FROM unnest(ARRAY['P0', 'P1', 'P2', 'P3', 'P4']) AS priority,
     unnest(ARRAY['wechat', 'jpush', 'fcm', 'console']) WITH ORDINALITY AS alternative (channel, position);
INSERT INTO message_route (recipient, priority, stage, position, channel, after_s, after_percent)
SELECT recipient, priority, 1, 1, 'sms', 60, 50
FROM unnest(ARRAY['handler', 'escalated']) AS recipient, unnest(ARRAY['P0', 'P1']) AS priority;
