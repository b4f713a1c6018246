"""What no verb may break: one place per live code, one successor per replaced one, one open binding, one open check."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-22T01:50:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "constraints of the registry"

FORWARD = (
    """ALTER TABLE qr_code
        ADD CONSTRAINT qr_code_shape CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
        ADD CONSTRAINT qr_code_status_known
            CHECK (status IN ('unbound', 'active', 'damaged', 'replaced', 'revoked')),
        ADD CONSTRAINT qr_code_place_while_live CHECK ((status IN ('active', 'damaged')) = (place_id IS NOT NULL)),
        ADD CONSTRAINT qr_code_successor_when_replaced CHECK ((status = 'replaced') = (successor IS NOT NULL)),
        ADD CONSTRAINT qr_code_successor_is_another CHECK (successor <> code)""",
    "CREATE INDEX qr_code_batch ON qr_code (batch_id)",
    """ALTER TABLE qr_binding
        ADD CONSTRAINT qr_binding_ends_after_start CHECK (ended_at >= bound_at),
        ADD CONSTRAINT qr_binding_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))""",
    "CREATE UNIQUE INDEX qr_binding_one_open ON qr_binding (code) WHERE ended_at IS NULL",
    "CREATE INDEX qr_scan_by_code ON qr_scan (code, scanned_at)",
    "CREATE UNIQUE INDEX qr_plate_check_one_open ON qr_plate_check (code) WHERE settled_at IS NULL",
    """CREATE FUNCTION qr_change_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'qr_change is append only'; END $$""",
    """CREATE TRIGGER qr_change_append_only BEFORE UPDATE OR DELETE ON qr_change
        FOR EACH ROW EXECUTE FUNCTION qr_change_append_only()""",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="qr", description=DESCRIPTION)

    async def run() -> None:
        # Imported here: a migration is read before the engine is known.
        from backend import db

        for statement in FORWARD:
            await db.execute(statement)

    manager.add_raw(run)
    return manager
