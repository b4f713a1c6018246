"""Pages as people use them, in Debian's chromium, against a running server and a real database."""
