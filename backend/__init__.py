"""The map of Yima: one code on every door, from a scan to a closed order.

Packages from top to bottom. A package imports only what stands below it; what happens below is heard above as events.

Entry points: cli and commands (console), app (web), worker (jobs), broker_listener (sensors), demo (a street).
HTTP: routes (api, pages, http, actions), openapi (the contract).
Composition: wiring (which event starts which reaction), timetable (which hour starts which job), runtimes, serving,
slow_clients, then card_taps, own_shops, account_merges,
emergency_campaigns.
Presentation: web (views, staff_app, i18n, assets). Schema changes: migrate.
Notifications: push.
Care: elder_care.
Centre: campaigns, emergencies, evaluation, public_opinion.
Figures: indicators.
Branches: reports, shops, grab_orders, committees, intake, maps, consultations, lifts.
Trunk: orders (model, deadlines, past, transitions, assignment, pool, arrivals, cases, verifying, actions, reads, desk).
Codes: qr. Photos: media.
Reference data: duty, then items, calendars, places. Personal data: privacy. People: accounts.
Infrastructure: events, then jobs, geo, quotas, partitions.
Schema: schema.
Basics: batching, then db, clock, errors, structs, words, logs, spreadsheets, paper, http_client, http_targets, then
sql, lazily, then config.
"""

import os

VERSION = "0.1.0"

os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")
