"""排查点: the places to which a campaign goes: by filter, by file, by code; each with its contact sealed, if given."""
