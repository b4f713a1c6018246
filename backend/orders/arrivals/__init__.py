"""到场: check-in, what proves an arrival, its grade, and how long positions are kept."""
