"""Shops: opening hours, waste-pickup bookings, inspections. The door stands here; the room is not built yet."""
