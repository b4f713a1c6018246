"""How much one device, one address and one door may ask for, counted in the database and so for all processes alike."""
