"""The API contract: its configuration and the committed copy."""
