"""排查记录: a form filled in at a target, what was found, and what of it is sealed."""
