"""What the packages' schema is made of: the first migration of each, and how a database is compared with it."""
