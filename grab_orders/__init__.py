"""Orders that whoever is first grabs: offers, the people who grab them, their hours and points."""
