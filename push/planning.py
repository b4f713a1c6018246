"""The statement that writes messages and the ways by which they go out: by the routes, to where people can be reached.

Within a stage the first channel that is on, not paused and reachable is due; the others stand by at 'infinity' for it
to fail. The first stage that reaches somebody begins at once, later ones after their time. A second message about the
same within a minute waits until the minute is over, so that they go as one; a P0 waits for nothing.
"""

from backend.accounts import sql as people
from backend.orders.model import rules

_URGENT = ", ".join(f"'{priority}'" for priority in rules.URGENT)
_CAN_WAIT = "'P3', 'P4'"
"""What may come once a day, for whoever wants it so."""
_REACHABLE = """
    SELECT d.id AS device_id FROM device d JOIN session x ON x.id = d.session_id
     WHERE d.account_id = s.account_id AND d.channel = r.channel AND x.revoked_at IS NULL AND x.expires_at > now()
    UNION ALL
    SELECT NULL FROM external_identity i JOIN account a ON a.id = i.account_id AND a.is_active
     WHERE i.account_id = s.account_id AND i.vendor = r.channel
    UNION ALL
    SELECT NULL FROM account a WHERE r.channel = 'sms' AND a.id = s.account_id AND a.is_active AND a.phone <> ''
    UNION ALL
    SELECT NULL WHERE r.channel = 'console'
"""
_WAYS = f"""
    SELECT s.id, s.account_id, s.priority, s.priority IN ({_URGENT}) AS is_urgent, r.channel, r.stage, r.position,
           s.recipient, here.device_id, settings.quiet_from, settings.quiet_until,
           CASE WHEN s.priority IN ({_CAN_WAIT}) THEN settings.digest_at END AS digest_at,
           CASE WHEN s.order_id IS NULL THEN 'message:' || s.id ELSE 'order:' || s.order_id END AS about,
           s.created_at + CASE WHEN r.stage = min(r.stage) OVER (PARTITION BY s.id) THEN interval '0'
               ELSE r.after_s * interval '1 second' + r.after_percent / 100.0
                   * coalesce((s.details ->> 'respond_by')::timestamptz - s.created_at, interval '0') END AS at,
           rank() OVER (PARTITION BY s.id, r.stage ORDER BY (g.paused_until > now()) IS TRUE, r.position) AS choice
      FROM said s
      JOIN message_route r ON r.recipient = s.recipient AND r.priority = s.priority
      JOIN gateway g ON g.channel = r.channel AND g.is_on
      JOIN LATERAL ({_REACHABLE}) here ON true
      LEFT JOIN notification_settings settings ON settings.account_id = s.account_id
     WHERE NOT EXISTS (SELECT FROM muted_kind m WHERE m.account_id = s.account_id AND m.kind = s.kind)
        OR (s.priority IN ({_URGENT}) AND s.recipient NOT IN ('reporter', 'volunteer'))
"""
_FOLLOWS_AT = """
    SELECT max(d.created_at) + interval '1 minute' AS at FROM message_delivery d
     WHERE d.account_id = w.account_id AND d.bundle = w.about AND d.channel = w.channel
       AND d.created_at > now() - interval '1 minute' AND w.priority <> 'P0' AND w.stage = 0
"""
# Whoever is named in a fact may have left since: the account closed, or no role any more where it happened. What was
# said before two accounts became one is moved to the one that goes on.
_STANDS = f"""{people.is_or_goes_on("one.account_id")}
    AND (notice.works_in = '' OR {people.works_around("one.account_id", "notice.works_in")})"""
_MESSAGES = f"""
    INSERT INTO message (account_id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en,
                         recipient, priority, details)
    SELECT account_id, event_id, kind, order_id, path, title_zh, title_en, body_zh, body_en,
           recipient, priority, details
    FROM jsonb_to_recordset($1::jsonb) AS notice
        (account_ids bigint[], event_id bigint, kind text, order_id bigint, path text, title_zh text,
         title_en text, body_zh text, body_en text, recipient text, priority text, details jsonb, works_in text),
        unnest(account_ids) AS one (account_id)
    WHERE {_STANDS}
    ORDER BY account_id, event_id
    ON CONFLICT (account_id, event_id) DO NOTHING
    RETURNING id, account_id, order_id, kind, recipient, priority, details, created_at
"""
WRITE = f"""
    WITH said AS ({_MESSAGES})
    INSERT INTO message_delivery
        (message_id, account_id, channel, device_id, stage, position, bundle, is_urgent, state, next_at)
    SELECT w.id, w.account_id, w.channel, w.device_id, w.stage, w.position,
           CASE WHEN w.digest_at IS NULL THEN w.about ELSE 'digest' END, w.is_urgent, 'queued',
           CASE WHEN w.choice > 1 THEN 'infinity'
                WHEN w.is_urgent AND w.recipient <> 'volunteer' THEN greatest(w.at, follows.at)
                WHEN w.digest_at IS NOT NULL THEN next_digest(w.at, w.digest_at)
                ELSE out_of_quiet(greatest(w.at, follows.at), w.quiet_from, w.quiet_until) END
      FROM ({_WAYS}) w CROSS JOIN LATERAL ({_FOLLOWS_AT}) follows
    ON CONFLICT DO NOTHING
"""
"""Takes the notices as JSON, in one value."""
