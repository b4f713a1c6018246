"""Shops: opening hours, waste-pickup bookings, inspections. A place for it; not built yet."""
