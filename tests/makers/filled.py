"""A small town with a past: as many rows as make reading a table from end to end the dearest way, in seconds.

What earlier tests left in the files of tables and indexes is vacuumed, since nobody else does that within a run: it
would make an index look dear. No table has more than 30,000 rows, which is what ANALYZE looks at: the planner's
figures are then the same every time.
"""

from datetime import datetime

from backend import db
from tests.makers.desk import OTHER_TOWN
from tests.makers.indicators import sum_months
from tests.makers.places import make_area
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_town

ORDERS, OPEN_ONES, PLACES, PEOPLE, UNITS, CAMERAS, ELDERS = 12_000, 1_500, 4_000, 400, 30, 600, 1_200
_TIMEOUT_S = 300
"""Some seconds on a quiet machine, and more than a statement has where seven others work."""
SMALL_AREA = f"{OTHER_TOWN}002"
"""One order in a hundred is of this area."""
GROWING = (
    *("place", "qr_code", "qr_scan", "work_order", "order_step", "order_follower", "order_verdict", "order_pause"),
    *("order_request", "check_in", "escalation", "follow_up", "report", "photo", "photo_attachment", "photo_upload"),
    *("event_log", "message", "session", "duty_entry", "duty_change"),
    *("shop", "shop_grade", "inspection", "inspection_finding", "finding_step", "pickup_slot", "pickup_booking"),
    *("sensor", "sensor_state", "sensor_alarm", "alarm_fold", "alarm_reading", "intake_record"),
    *("camera_event", "camera_detection", "hotline_task", "hotline_exchange"),
    *("elder_visit", "elder_visit_record"),
    *("opinion_text", "opinion_count", "opinion_district_count", "matter_step"),
    *("order_contribution", "indicator_marginal"),
)
"""Tables that grow with the years or with the town, and are never read from end to end while somebody waits."""


async def fill(now: datetime) -> SmallTown:
    town = await make_town(now)
    await make_area(OTHER_TOWN, name="另一街道")
    await make_area(f"{OTHER_TOWN}001", name="另一居委")
    await make_area(SMALL_AREA, name="小居委")
    values = {
        "people": PEOPLE,
        "places": PLACES,
        "orders": ORDERS,
        "open_ones": OPEN_ONES,
        "here": COMMITTEE,
        "there": f"{OTHER_TOWN}001",
        "beyond": SMALL_AREA,
        "town": TOWN,
        "units": UNITS,
        "cameras": CAMERAS,
        "elders": ELDERS,
        "lng": DOOR.lng,
        "lat": DOOR.lat,
        "unit": town.unit_id,
        "handler": town.handlers[0].account_id,
        "resident": town.resident.account_id,
        "now": now,
    }
    text = _AS_TEXT.format(**{name: f"'{value}'" for name, value in values.items()})
    async with db.connection() as connection:
        await connection.execute(f"{text}; ANALYZE", timeout=_TIMEOUT_S)
    await sum_months()
    async with db.connection() as connection:
        await connection.execute("VACUUM (ANALYZE)", timeout=_TIMEOUT_S)
    return town


# One text of many statements takes no bound values; all of these are our own.
_AS_TEXT = """
    INSERT INTO account (kind, display_name, created_at) SELECT 'device', '', now() FROM generate_series(1, {people});
    INSERT INTO session (account_id, refresh_hash, opened_at, rotated_at, expires_at)
    SELECT id, sha256(id::text::bytea), now(), now(), now() + interval '1 day' FROM account;

    INSERT INTO org_unit (code, name_zh, name_en, unit_type, area_code)
    SELECT 'filled-' || n, '队' || n, 'Unit ' || n, 'filled', {town} FROM generate_series(1, {units}::int) n;

    INSERT INTO place (kind, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)
    SELECT 'doorplate', chr(20000 + n % 3000) || chr(24000 + n % 2000) || '路' || n || '号',
           CASE WHEN n % 100 = 0 THEN {beyond} WHEN n % 4 = 0 THEN {there} ELSE {here} END,
           ST_SetSRID(ST_MakePoint({lng}::float8 + n % 80 * 0.0004, {lat}::float8 + n / 80 * 0.0004), 4326)::geography,
           {lng}::float8, {lat}::float8, 'filled', n::text
    FROM generate_series(1, {places}::int) n;
    INSERT INTO qr_code (code, batch_id, status, place_id)
    SELECT upper(substr(md5(id::text), 1, 12)), (SELECT min(id) FROM qr_batch), 'active', id
    FROM place WHERE dataset = 'filled';
    INSERT INTO qr_scan (code, channel, grade) SELECT code, 'page', 'near' FROM qr_code, generate_series(1, 3);
    ANALYZE account, org_unit, place;

    INSERT INTO work_order (number, state, item_id, priority, place_id, area_code, loc, source_kind, opened_by_id,
        unit_id, handler_id, opened_at, respond_by, resolve_by, verify_by, ladder_at, accepted_at, closed_at,
        cancelled_at)
    SELECT 'YM200101-' || lpad(n::text, 6, '0'), state, (ARRAY['A101', 'A102', 'B101', 'C401'])[1 + n % 4], 'P2', p.id,
           p.area_id, p.loc, 'report', a.id, CASE WHEN n % 200 = 0 THEN {unit}::bigint ELSE u.id END,
           CASE WHEN state <> 'dispatched' THEN CASE WHEN n % 200 = 0 THEN {handler}::bigint ELSE a.id END END,
           opened_at, opened_at + interval '30 minutes',
           CASE WHEN n > {orders}::int - {open_ones}::int THEN {now}::timestamptz + n % 700 * interval '1 minute'
                ELSE opened_at + interval '4 hours' END,
           CASE WHEN state = 'handled' THEN {now}::timestamptz + interval '2 hours' END,
           CASE WHEN n > {orders}::int - {open_ones}::int THEN {now}::timestamptz + n % 90 * interval '1 minute' END,
           CASE WHEN state <> 'dispatched' THEN opened_at + interval '5 minutes' END,
           CASE WHEN state = 'closed' THEN opened_at + interval '3 hours' END,
           CASE WHEN state = 'cancelled' THEN opened_at + interval '3 hours' END
    FROM (
        SELECT n, {now}::timestamptz - interval '400 days' * (1 - n / {orders}::float8) AS opened_at,
               CASE WHEN n > {orders}::int - {open_ones}::int
                    THEN (ARRAY['dispatched', 'accepted', 'on_site', 'handled'])[1 + n % 4]
                    ELSE (ARRAY['closed', 'closed', 'closed', 'closed', 'cancelled'])[1 + n % 5] END AS state
        FROM generate_series(1, {orders}::int) n
    ) drawn
    JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS nr, * FROM place) p
         ON p.nr = CASE WHEN n % 40 = 0 THEN 0 ELSE 1 + n * 7919 % {places}::int END
    JOIN (SELECT row_number() OVER (ORDER BY id) AS nr, id FROM org_unit WHERE code LIKE 'filled-%') u
         ON u.nr = 1 + drawn.n % {units}::int
    JOIN (SELECT row_number() OVER (ORDER BY id) AS nr, id FROM account WHERE kind = 'device') a
         ON a.nr = 1 + drawn.n % {people}::int
    ORDER BY n;
    ANALYZE work_order;

    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, point)
    SELECT id, 'open', NULL, 'dispatched', opened_by_id, 'resident', opened_at, loc FROM work_order ORDER BY id;
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at)
    SELECT id, 'accept', 'dispatched', 'accepted', handler_id, 'handler', accepted_at FROM work_order
    WHERE handler_id IS NOT NULL ORDER BY id;
    ANALYZE order_step;
    INSERT INTO report (client_id, reporter_id, order_id, tracking_token, received_at)
    SELECT 'filled-' || id, opened_by_id, id, md5(id::text), opened_at FROM work_order ORDER BY id;
    INSERT INTO order_follower (order_id, account_id, origin_id, since)
    SELECT id, opened_by_id + 1, id, opened_at FROM work_order WHERE id % 10 = 0 AND opened_by_id < {resident}::int;
    INSERT INTO order_follower (order_id, account_id, origin_id, since)
    SELECT id, opened_by_id, id, opened_at FROM work_order WHERE id % 10 = 1;
    INSERT INTO order_verdict (order_id, account_id, kind, score, step_id)
    SELECT o.id, o.opened_by_id, 'rated', 5, s.id FROM work_order o JOIN order_step s ON s.order_id = o.id
    WHERE o.state = 'closed' AND s.move = 'open' AND o.id % 3 = 0;
    INSERT INTO order_pause (order_id, kind, starts_at, ends_at) SELECT id, 'verification', opened_at, opened_at
    FROM work_order WHERE id % 4 = 0;
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at, decided_by_id, decided_at,
        is_granted)
    SELECT id, 'extension', 30, '人手不足', handler_id, opened_at, handler_id, opened_at, true FROM work_order
    WHERE handler_id > 0 AND id % 4 = 0;
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at)
    SELECT id, 'extension', 30, '人手不足', handler_id, opened_at FROM work_order WHERE state = 'on_site';
    INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, radius_m)
    SELECT id, order_id, actor_id, 'gps', 5, 100 FROM order_step WHERE move = 'accept' AND order_id % 3 = 0;
    INSERT INTO escalation (order_id, rung_id, stage, round_at, due_at, rung_at)
    SELECT id, (SELECT min(id) FROM escalation_rung), 'resolve', opened_at, opened_at, opened_at
    FROM work_order WHERE id % 6 = 0;
    INSERT INTO follow_up (order_id, listed_at) SELECT id, closed_at FROM work_order WHERE closed_at > '-infinity'
        AND id % 8 = 0;

    INSERT INTO order_contribution (order_id, day, area_code, unit_id, person_id, item_code, source_kind, priority,
        road, opened, reported, filed, accepted, accept_minutes, done, handling_minutes, closed)
    SELECT id, (opened_at AT TIME ZONE 'Asia/Shanghai')::date, area_code, unit_id, handler_id, item_id, source_kind,
           priority, '', 1, 1, 1, 1, 5, 1, 180, 1
    FROM work_order ORDER BY id;

    INSERT INTO photo (id, owner_id, sha256, media_type, width, height, size_bytes, original_key, phash, hashes,
        hash_keys, visibility, created_at)
    SELECT md5('filled' || id)::uuid, actor_id, sha256(id::text::bytea), 'image/jpeg', 8, 8, 8, 'filled/' || id,
           hashint8(id), ARRAY[hashint8(id)], ARRAY[hashint8(id)], 'released', at
    FROM order_step WHERE move = 'open';
    INSERT INTO photo_attachment (photo_id, subject_kind, subject_id, role)
    SELECT md5('filled' || id)::uuid, 'order_step', id, 'report' FROM order_step WHERE move = 'open';

    INSERT INTO task_template (area_code, code, kind, name_zh, name_en, default_rrule, set_at)
    SELECT left({beyond}, 9), 'task_' || n, 'other', '任务' || n, 'Task', 'FREQ=DAILY', now()
    FROM generate_series(1, 20) n;
    INSERT INTO duty_entry (committee_code, template_id, version, rrule, starts_on, valid_from, decided_by_id,
        decided_at)
    SELECT left({beyond}, 9) || lpad(c::text, 3, '0'), t.id, v, t.default_rrule, now()::date, now()::date, 1, now()
    FROM generate_series(1, 60) c, task_template t, generate_series(1, 4) v;
    INSERT INTO duty_change (committee_code, template_id, kind, base_version, rrule, starts_on, valid_from, reason,
        state, requested_by_id, requested_at, decided_by_id, decided_at, refusal)
    SELECT committee_code, template_id, 'frequency', version, rrule, starts_on, valid_from, '-', 'refused', 1,
        now() - id * interval '1 minute', 2, now(), '-' FROM duty_entry;

    INSERT INTO shop (place_id, name, state, created_at) SELECT id, '店' || id, 'open', now() FROM place
    WHERE dataset = 'filled';
    INSERT INTO shop_grade (shop_id, grade, since, counted_on)
    SELECT id, CASE WHEN id % 50 = 0 THEN 'C' ELSE 'A' END, now()::date, now()::date FROM shop;
    INSERT INTO checklist (department, code, name_zh, name_en, made_at)
    SELECT 'fire', 'filled', '消防', 'Fire', now();
    INSERT INTO checklist_point (checklist_id, number, words_zh, words_en, legal_basis, points, fix_within_h)
    SELECT id, 1, '灭火器过期', 'Too old', '消防法', 10, 24 FROM checklist;
    INSERT INTO inspection (shop_id, checklist_id, inspector_id, client_key, key_print, score, received_at)
    SELECT s.id, l.id, {handler}::bigint, s.id, '', 90, {now}::timestamptz - s.id % 90 * interval '1 day'
    FROM shop s, checklist l WHERE l.code = 'filled';
    INSERT INTO inspection_finding (inspection_id, shop_id, point_id, points, found_at, due_at, state, fixed_at)
    SELECT i.id, i.shop_id, p.id, 10, i.received_at, i.received_at + interval '1 day',
        CASE WHEN i.id % 40 = 0 THEN 'open' ELSE 'fixed' END,
        CASE WHEN i.id % 40 > 0 THEN i.received_at + interval '2 days' END
    FROM inspection i JOIN checklist_point p USING (checklist_id);
    INSERT INTO finding_step (finding_id, move, from_state, to_state, at)
    SELECT id, 'answer', 'open', 'answered', found_at + interval '1 hour' FROM inspection_finding WHERE state = 'fixed';
    INSERT INTO pickup_route (code, name, unit_id, area_code, load_l)
    SELECT 'filled-' || n, '线路' || n, {unit}::bigint, left({beyond}, 9), 8000 FROM generate_series(1, 8) n;
    INSERT INTO pickup_slot (route_id, kind, starts_at, ends_at, cutoff_at, capacity, booked, load_l)
    SELECT r.id, 'wet', at, at + interval '2 hours', at - interval '1 hour', 20, 1, 8000 FROM pickup_route r,
        generate_series({now}::timestamptz - interval '400 days', {now}::timestamptz + interval '7 days', '1 day') at;
    INSERT INTO pickup_booking (number, shop_id, slot_id, account_id, kind, amount, unit, litres, state, order_id,
        booked_at, arrived_at, ended_at)
    SELECT 'P' || s.id, p.id, s.id, o.opened_by_id, 'wet', 1, 'bin', 240, 'done', o.id, s.starts_at, s.starts_at,
        s.starts_at
    FROM (SELECT row_number() OVER (ORDER BY id) AS nr, * FROM pickup_slot) s
    JOIN (SELECT row_number() OVER (ORDER BY id) AS nr, * FROM work_order) o USING (nr)
    JOIN (SELECT row_number() OVER (ORDER BY id) AS nr, id FROM shop) p ON p.nr = 1 + s.nr * 7919 % {places}::int;

    INSERT INTO intake_source (name, title_zh, title_en, kind, area_code, datum, account_id, key_print, secret,
        added_at)
    SELECT 'filled-sensors', '感知', 'Sensors', 'sensors', {town}, 'wgs84', min(id), '\x01', '\x01', now() FROM account;
    INSERT INTO sensor (source_id, device_no, kind, place_id, area_code, registered_at)
    SELECT s.id, 'd-' || p.id, 'smoke', p.id, p.area_id, {now}::timestamptz FROM place p, intake_source s
    WHERE s.name = 'filled-sensors';
    INSERT INTO sensor_state (sensor_id, seen_at, look_at)
    SELECT id, {now}::timestamptz, {now}::timestamptz + id * interval '1 minute' FROM sensor;
    INSERT INTO alarm_fold (source_id, place_id, kind, cause, area_code, state, is_joinable, opened_at, last_at,
        file_at, ended_at, order_id)
    SELECT s.source_id, s.place_id, 'smoke', 'smoke', s.area_code, 'filed', false, o.opened_at, o.opened_at,
        o.opened_at, o.opened_at + interval '1 hour', o.id
    FROM sensor s JOIN work_order o ON o.place_id = s.place_id;
    INSERT INTO sensor_alarm (fold_id, sensor_id, cause, first_at, last_at, raised_at, ended_at)
    SELECT f.id, s.id, 'smoke', f.opened_at, f.opened_at, f.opened_at, f.ended_at
    FROM alarm_fold f JOIN sensor s USING (place_id);
    INSERT INTO alarm_reading (sensor_id, reading_no, cause, measured_at, taken_at)
    SELECT sensor_id, 'm-' || id, cause, first_at, {now}::timestamptz - id % 30 * interval '1 day' FROM sensor_alarm;

    INSERT INTO intake_source (name, title_zh, title_en, kind, area_code, datum, account_id, key_print, secret,
        added_at)
    SELECT 'filled-' || kind, kind, kind, kind, {town}, 'wgs84', (SELECT min(id) FROM account) + nr, '\x01', '\x01',
        now()
    FROM unnest(ARRAY['cameras', 'hotline', 'police']) WITH ORDINALITY of_kind (kind, nr);
    INSERT INTO camera (source_id, camera_no, place_id, area_code, state)
    SELECT s.id, 'c-' || p.nr, p.id, p.area_id, 'in_use'
    FROM (SELECT row_number() OVER (ORDER BY id) AS nr, * FROM place) p, intake_source s
    WHERE s.name = 'filled-cameras' AND p.nr <= {cameras}::int;
    INSERT INTO camera_event (camera_id, kind, first_at, last_at, fate, order_id, ended_at)
    SELECT c.id, (ARRAY['rubbish', 'water', 'ebike_in_lift'])[1 + o.id % 3], o.opened_at, o.opened_at, 'over',
        CASE WHEN o.id % 4 = 0 THEN o.id END, CASE WHEN o.id % 8 < 5 THEN o.opened_at + interval '1 hour' END
    FROM work_order o JOIN (SELECT row_number() OVER (ORDER BY id) AS nr, id FROM camera) c
        ON c.nr = 1 + o.id % {cameras}::int;
    INSERT INTO camera_detection (camera_id, detection_no, event_id, received_at)
    SELECT camera_id, 'm-' || id || '-' || n, id, last_at FROM camera_event, generate_series(1, 2) n ORDER BY id;
    INSERT INTO hotline_task (source_id, task_no, order_id, kind, received_at, days, due_at, due_warn_at, contact_by,
        contact_warn_at, ended_at, ended_as)
    SELECT s.id, 'h-' || o.id, o.id, 'complaint', o.opened_at, 5, o.opened_at + interval '5 days',
        CASE WHEN o.state = 'accepted' THEN o.opened_at + interval '4 days' END, o.opened_at + interval '1 day',
        CASE WHEN o.state = 'dispatched' THEN o.opened_at + interval '20 hours' END, o.closed_at,
        CASE WHEN o.closed_at IS NOT NULL THEN 'answered' END
    FROM work_order o, intake_source s WHERE s.name = 'filled-hotline';
    INSERT INTO hotline_exchange (source_id, task_id, exchange_no, body, state, made_at, ended_at)
    SELECT source_id, id, 'yima-feedback-' || id, '{{}}', 'taken', received_at, received_at FROM hotline_task;
    INSERT INTO hotline_exchange (source_id, task_id, exchange_no, body, state, made_at)
    SELECT s.id, t.id, 'yima-act-' || t.id, '{{}}', 'queued', t.received_at FROM hotline_task t, intake_source s
    WHERE s.name = 'filled-police' AND t.id % 40 = 0;
    INSERT INTO hotline_endpoint (source_id, url) SELECT id, 'http://127.0.0.1:9/' FROM intake_source
    WHERE name = 'filled-hotline';

    INSERT INTO lone_elder (area_code, place_id, label, name, door, risk, way, every_days, consent, consent_on, until,
        added_by_id, added_at)
    SELECT p.area_id, p.id, 'L-' || p.nr, '\x01', '\x01', (ARRAY['high', 'medium', 'low'])[1 + p.nr % 3], 'visit', 7,
        'self', {now}::date - 300, {now}::date + 300, {handler}::bigint, {now}::timestamptz - interval '200 days'
    FROM (SELECT row_number() OVER (ORDER BY id) AS nr, * FROM place WHERE dataset = 'filled') p
    WHERE p.nr <= {elders}::int;
    INSERT INTO elder_visit (elder_id, due_on, due_at, state, ended_at)
    SELECT e.id, {now}::date - d, {now}::timestamptz - d * interval '1 day', CASE WHEN d = 0 THEN 'due'
        WHEN (e.id + d) % 33 = 0 THEN 'missed' ELSE 'done' END, CASE WHEN d > 0 THEN {now}::timestamptz END
    FROM lone_elder e, generate_series(0, 140, 7) d;
    INSERT INTO elder_visit_record (visit_id, outcome, by_id, at, client_key)
    SELECT id, 'well', {handler}::bigint, due_at, 'filled-' || id FROM elder_visit WHERE state = 'done';

    INSERT INTO opinion_word (town_code, word, is_place, found_at)
    SELECT {town}, chr(20000 + n) || chr(24000 + n), false, now() FROM generate_series(1, 200) n;
    INSERT INTO opinion_text (order_id, town_code, area_code, day, week, reporter, word_ids)
    SELECT o.id, left(o.area_code, 9), o.area_code, day, day - extract(isodow FROM day)::int + 1, o.opened_by_id,
           ARRAY[1 + o.id % 200, 1 + o.id * 7 % 200]
    FROM work_order o CROSS JOIN LATERAL (SELECT (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day) on_day
    WHERE length(o.area_code) = 12 AND o.id % 3 = 0;
    INSERT INTO opinion_count (area_code, week, word_id, orders, reporters)
    SELECT area, date '2020-01-06' + 7 * w, n, 9, 5 + (n + w) % 4
    FROM unnest(ARRAY[{town}, {here}]) area, generate_series(0, 40) w, generate_series(1, 100) n;
    INSERT INTO opinion_total (area_code, week, orders, reporters)
    SELECT area, date '2020-01-06' + 7 * w, 900, 500 FROM unnest(ARRAY[{town}, {here}]) area, generate_series(0, 60) w;
    INSERT INTO opinion_district_count (district_code, week, word, is_place, orders, reporters, towns)
    SELECT left({town}, 6), date '2020-01-06' + 7 * w, chr(20000 + n) || chr(24000 + n), false, 9, 6, 2
    FROM generate_series(0, 60) w, generate_series(1, 200) n;
    INSERT INTO emerging_matter (town_code, area_code, word_ids, first_on, last_on, orders, reporters, expected,
        surprise, false_discovery, warned_at, threshold, quiet_until)
    SELECT {town}, {here}, ARRAY[1 + n % 200], date '2020-01-06' + n, date '2020-01-08' + n, 9, 8, 1.5, 6.5, 0.01,
        now(), 5.5, date '2020-02-08' + n FROM generate_series(1, 300) n;
    INSERT INTO matter_step (matter_id, kind, at)
    SELECT m.id, 'raised', now() FROM emerging_matter m, generate_series(1, 9);

    INSERT INTO event_log (name, subject, subject_id, version, area_code)
    SELECT 'order-opened', 'order', id, 1, area_code FROM work_order ORDER BY id;
    INSERT INTO event_pending (event_id) SELECT id FROM event_log ORDER BY id DESC LIMIT 300;
    INSERT INTO message (account_id, event_id, kind, order_id, read_at)
    SELECT 1 + n % {people}::int, n, 'order-opened', CASE WHEN n % 4 > 0 THEN n / 3 END,
           CASE WHEN n % 40 > 0 THEN now() END
    FROM generate_series(1, {orders}::int) n;
"""
