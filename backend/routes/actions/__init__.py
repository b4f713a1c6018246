"""What pages and API share: the transitions that may be made now, their forms and choices, scanning, signing in."""
