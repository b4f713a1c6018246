"""12345 and 110: cases of an upper platform, its clock beside ours, formal acts told to it, and its last word."""
