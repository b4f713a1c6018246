"""Pages of campaigns: of the centre that makes them (`/campaigns`), and of those who go (`/checks`)."""
