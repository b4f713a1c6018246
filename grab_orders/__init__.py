"""Orders that volunteers grab. The door stands here; the room is not built yet."""
