"""A verdict per reporter: once of a kind in a round; what was said before is carried over, step by step.

The order's own rating becomes what it is from now on: the first reporter's in the present round. Where a later reporter
had taken the one slot there was, the first reporter can rate again.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T06:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of verdicts, and the verdicts there are"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE order_verdict
    ADD CONSTRAINT order_verdict_once UNIQUE (order_id, account_id, round, kind),
    ADD CONSTRAINT order_verdict_kind_known CHECK (kind IN ('rated', 'unsolved')),
    ADD CONSTRAINT order_verdict_round_counted CHECK (round >= 0),
    ADD CONSTRAINT order_verdict_score_of_rating CHECK (
        CASE WHEN kind = 'rated' THEN coalesce(score BETWEEN 1 AND 5, false) ELSE score IS NULL END);

INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id)
SELECT DISTINCT ON (s.order_id, s.actor_id, said.round, s.move)
       s.order_id, s.actor_id, said.round, CASE s.move WHEN 'rate' THEN 'rated' ELSE 'unsolved' END,
       CASE WHEN s.move = 'rate' THEN coalesce((s.detail ->> 'score')::int, o.rating) END, s.id
  FROM order_step s JOIN work_order o ON o.id = s.order_id
 CROSS JOIN LATERAL (
     SELECT count(*) AS round FROM order_step r WHERE r.order_id = s.order_id AND r.move = 'reopen' AND r.id < s.id) said
 WHERE s.move IN ('rate', 'reopen') AND s.actor_id IS NOT NULL
   AND (s.move = 'reopen' OR coalesce((s.detail ->> 'score')::int, o.rating) BETWEEN 1 AND 5)
 ORDER BY s.order_id, s.actor_id, said.round, s.move, s.id;

WITH current AS (
    SELECT o.id, (SELECT v.score FROM order_verdict v WHERE v.order_id = o.id AND v.account_id = o.opened_by_id
                     AND v.round = o.reopen_count AND v.kind = 'rated') AS score
      FROM work_order o WHERE o.rating IS NOT NULL AND EXISTS (SELECT FROM order_verdict v WHERE v.order_id = o.id)
)
UPDATE work_order o SET rating = current.score FROM current
 WHERE o.id = current.id AND o.rating IS DISTINCT FROM current.score;
"""
BACKWARDS = """
ALTER TABLE order_verdict DROP CONSTRAINT order_verdict_once, DROP CONSTRAINT order_verdict_kind_known,
    DROP CONSTRAINT order_verdict_round_counted, DROP CONSTRAINT order_verdict_score_of_rating;
DELETE FROM order_verdict;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    """Ratings stay as they are: the first reporter's, which the older code reads, too."""
    await db.execute(BACKWARDS)
