"""The commands of `yima`: a file for each family, each with `register(commands)`."""
