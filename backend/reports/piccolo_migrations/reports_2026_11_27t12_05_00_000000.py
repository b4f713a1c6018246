"""Notes of changes, by the database itself: whoever writes what a place shows, the place's summary is not good any more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T12:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Triggers that note what changed at places"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- A crash forgets both together, and every place is looked at anew.
ALTER TABLE place_summary SET UNLOGGED;
ALTER TABLE place_change SET UNLOGGED;
ALTER TABLE place_summary ADD snapshot pg_snapshot NOT NULL;
ALTER TABLE place_change ADD xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX place_change_by_spot ON place_change (spot, xid);

-- A place is its own number, a cell of a thousandth of a degree a negative one, and 0 is everywhere.
CREATE FUNCTION place_cell(loc geography) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT -((floor((ST_X(loc::geometry) + 180) * 1000)::bigint << 20) + floor((ST_Y(loc::geometry) + 90) * 1000)::bigint)
$$;

-- What is open or was closed at a place and around it, and what comes up there.
CREATE FUNCTION note_order_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.place_id, OLD.loc) IS DISTINCT FROM (NEW.place_id, NEW.loc) THEN
        INSERT INTO place_change (spot) VALUES (place_cell(OLD.loc)), (coalesce(OLD.place_id, place_cell(OLD.loc)));
    END IF;
    IF NEW.place_id IS NULL THEN
        INSERT INTO place_change (spot) VALUES (place_cell(NEW.loc));
    ELSE
        INSERT INTO place_change (spot) VALUES (place_cell(NEW.loc)), (NEW.place_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER work_order_opened_at_place AFTER INSERT ON work_order FOR EACH ROW EXECUTE FUNCTION note_order_change();
CREATE TRIGGER work_order_changed_at_place
    AFTER UPDATE OF state, number, item_id, place_id, loc, opened_at, closed_at, source_kind ON work_order FOR EACH ROW
    WHEN ((OLD.state, OLD.number, OLD.item_id, OLD.place_id, OLD.loc, OLD.opened_at, OLD.closed_at, OLD.source_kind)
        IS DISTINCT FROM
        (NEW.state, NEW.number, NEW.item_id, NEW.place_id, NEW.loc, NEW.opened_at, NEW.closed_at, NEW.source_kind))
    EXECUTE FUNCTION note_order_change();

-- How many reported it.
CREATE FUNCTION note_follower_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_change (spot)
    SELECT DISTINCT spot FROM work_order o CROSS JOIN LATERAL (VALUES (place_cell(o.loc)), (o.place_id)) AS of (spot)
    WHERE o.id IN (OLD.order_id, NEW.order_id) AND spot IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER order_follower_changed_at_place AFTER INSERT OR UPDATE OR DELETE ON order_follower FOR EACH ROW
    EXECUTE FUNCTION note_follower_change();

-- Which photo of it may be seen. A photo is attached once, with the step, before anybody can have released it.
CREATE FUNCTION note_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_change (spot)
    SELECT DISTINCT spot FROM photo_attachment a
    JOIN order_step s ON s.id = a.subject_id JOIN work_order o ON o.id = s.order_id
    CROSS JOIN LATERAL (VALUES (place_cell(o.loc)), (o.place_id)) AS of (spot)
    WHERE a.photo_id = NEW.id AND a.subject_kind = 'order_step' AND spot IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER photo_changed_at_place AFTER UPDATE OF visibility, link_version ON photo FOR EACH ROW
    WHEN ((OLD.visibility, OLD.link_version) IS DISTINCT FROM (NEW.visibility, NEW.link_version))
    EXECUTE FUNCTION note_photo_change();

-- Where the place itself is, and so how far it is from what lies around; its orders are shown where its plate hangs.
CREATE FUNCTION note_place_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_change (spot) VALUES (NEW.id), (place_cell(OLD.loc)), (place_cell(NEW.loc));
    INSERT INTO place_change (spot) SELECT DISTINCT place_cell(o.loc) FROM work_order o WHERE o.place_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER place_moved AFTER UPDATE OF loc, kind ON place FOR EACH ROW
    WHEN ((OLD.loc, OLD.kind) IS DISTINCT FROM (NEW.loc, NEW.kind)) EXECUTE FUNCTION note_place_change();

-- What is one case, and what the matters are called: everywhere.
CREATE FUNCTION note_change_everywhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO place_change (spot) VALUES (0);
    RETURN NULL;
END $$;
CREATE TRIGGER duplicate_rule_changed_at_places AFTER INSERT OR UPDATE OR DELETE ON duplicate_rule
    FOR EACH STATEMENT EXECUTE FUNCTION note_change_everywhere();
CREATE TRIGGER item_changed_at_places AFTER UPDATE OF code, name_zh, name_en ON item
    FOR EACH STATEMENT EXECUTE FUNCTION note_change_everywhere();
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
