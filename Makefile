# The commands of this checkout. Each does everything that it needs on a fresh machine; see README.md.
# Nothing here needs a path, so a checkout may stand in any folder.

.PHONY: help run test test-fast check bench bench-intake bench-scan bench-desk bench-tiles bench-indicators bench-open311 bench-photos bench-memory bench-outgoing bench-listeners bench-patrols bench-elder-care bench-addresses bench-booking bench-grab bench-grab-soak bench-sensors bench-sensor-chaos bench-camera bench-against measure-pages miniprogram install yima demo-past demo-reset

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 \t/p' Makefile | expand -t 16

run:  ## start everything on a demo street: http://127.0.0.1:8000 (PORT, HOST, YIMA_STATE, DATABASE_URL)
	@sh deploy/local/start run

test:  ## all tests, on a private database (ARGS="-k accept")
	@sh deploy/local/start test

test-fast:  ## rules and conventions, without a database: seconds instead of minutes
	@sh deploy/local/start test-fast

check:  ## format, lint, types, the layers and the conventions, without a database
	@sh deploy/local/start check

bench:  ## all benches, on a private database with production settings
	@sh deploy/local/start bench

bench-intake:  ## how many reports a second, beside what the database alone could do
	@sh deploy/local/start bench-intake

bench-scan:  ## how many scans a second, JSON and page, beside the database alone
	@sh deploy/local/start bench-scan

bench-desk:  ## how long the desk's pages take at five million orders (YIMA_BENCH_ORDERS)
	@sh deploy/local/start bench-desk

bench-indicators:  ## how soon 700 indicators of 45 committees are there, and how fast all is counted anew (YIMA_BENCH_ORDERS)
	@sh deploy/local/start bench-indicators

bench-tiles:  ## how long tiles of maps take and how large they are, at five million orders (YIMA_BENCH_ORDERS)
	@sh deploy/local/start bench-tiles

bench-open311:  ## how long strangers wait for requests of Open311 among 100,000 orders (YIMA_BENCH_ORDERS)
	@sh deploy/local/start bench-open311

bench-photos:  ## how many 12-megapixel photos a second, and what a scan waits meanwhile
	@sh deploy/local/start bench-photos

bench-memory:  ## memory of web, worker and decoders under load, minute by minute (MINUTES=60)
	@sh deploy/local/start bench-memory

bench-outgoing:  ## how fast messages go out through the vendors' fakes (YIMA_BENCH_MESSAGES)
	@sh deploy/local/start bench-outgoing

bench-listeners:  ## how much memory 2,000 live pages take (YIMA_BENCH_LISTENERS)
	@sh deploy/local/start bench-listeners

bench-patrols:  ## how long a day of patrols of 45 committees takes (YIMA_BENCH_TASKS)
	@sh deploy/local/start bench-patrols

bench-elder-care:  ## pages, rounds, alarms and import of 1,200 lone elders with half a year of visits (YIMA_BENCH_ELDERS)
	@sh deploy/local/start bench-elder-care

bench-addresses:  ## how often an address finds its place however it is written, and how fast among 100,000
	@sh deploy/local/start bench-addresses

bench-booking:  ## how many pickups are booked a second, and 300 owners who want the last 40 places
	@sh deploy/local/start bench-booking

bench-grab:  ## 500 taps at one order at once, at two web processes (YIMA_BENCH_CROWD)
	@sh deploy/local/start bench-grab

bench-grab-soak:  ## 200 volunteers on 50 orders while workers are killed: nothing held twice, nothing lost (YIMA_BENCH_SECONDS=60)
	@sh deploy/local/start bench-grab-soak

bench-sensors:  ## 1,000 alarms a second for a minute with 110,000 devices, and what residents wait meanwhile (YIMA_BENCH_SECONDS)
	@sh deploy/local/start bench-sensors

bench-sensor-chaos:  ## numbered alarms while broker, database, worker and reader are killed in turn: none lost, none counted twice (YIMA_BENCH_SECONDS=60)
	@sh deploy/local/start bench-sensor-chaos

bench-camera:  ## how fast the scanner within a page reads a plate, by its size, on this processor and on a sixth of it
	@sh deploy/local/start bench-camera

bench-against:  ## this build beside an earlier one, in turn (REV=8c9d1c1 ONLY=intake,scan,lists,live,start)
	@sh deploy/local/start bench-against

measure-pages:  ## what pages cost a phone on a slow line, and how many taps the main tasks take, in chromium
	@sh deploy/local/start measure-pages

miniprogram:  ## the mini-program of a town, checked, for WeChat's tool; settings as for the server (docs/miniprogram.md)
	@sh deploy/local/start miniprogram

install:  ## the Python packages of the product and the command .venv/bin/yima, nothing else
	@sh deploy/local/start install

yima:  ## one command of the product beside the running instance: make yima ARGS="staff list"
	@sh deploy/local/start yima

demo-past:  ## eighteen invented weeks for the demo street, so that the pages of the centre have figures; once, a minute or two
	@sh deploy/local/start demo-past

demo-reset:  ## stop the demo and remove its data; the next run builds it anew
	@sh deploy/local/start demo-reset
