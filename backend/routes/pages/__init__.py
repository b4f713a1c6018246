"""The pages: HTML for residents, staff, the desk, those who look after codes, and the session."""
