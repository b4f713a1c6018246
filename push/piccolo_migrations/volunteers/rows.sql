-- Volunteers by the way that rings at once, as an offer is gone in minutes; never by text message, which costs.
INSERT INTO message_route (recipient, priority, stage, position, channel, after_s, after_percent)
SELECT 'volunteer', priority, 0, position, channel, 0, 0
FROM unnest(ARRAY['P0', 'P1', 'P2', 'P3', 'P4']) AS priority,
     unnest(ARRAY['jpush', 'fcm', 'wecom', 'wechat', 'console']) WITH ORDINALITY AS alternative (channel, position)
ON CONFLICT ON CONSTRAINT message_route_once DO NOTHING;
