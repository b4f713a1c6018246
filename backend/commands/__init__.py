"""What the house does when somebody types it: a file for each family, each with `register(commands)`."""
