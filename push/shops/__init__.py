"""Messages about shops: to their people, and to whoever keeps the register."""
