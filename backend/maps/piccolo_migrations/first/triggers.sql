-- What changes maps is noted once for each statement, however many rows it changed.

-- Maps draw the borders of areas.
CREATE TRIGGER area_changes_map AFTER INSERT OR UPDATE OR DELETE ON area
    FOR EACH STATEMENT EXECUTE FUNCTION note_map_change();

-- They draw the grid.
CREATE TRIGGER grid_cell_changes_map AFTER INSERT OR UPDATE OR DELETE ON grid_cell
    FOR EACH STATEMENT EXECUTE FUNCTION note_map_change();

-- They draw roads.
CREATE TRIGGER road_changes_map AFTER INSERT OR UPDATE OR DELETE ON road
    FOR EACH STATEMENT EXECUTE FUNCTION note_map_change();

-- They draw places.
CREATE TRIGGER place_changes_map AFTER INSERT OR UPDATE OR DELETE ON place
    FOR EACH STATEMENT EXECUTE FUNCTION note_map_change();
