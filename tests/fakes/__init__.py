"""Small servers in the place of outside vendors, which check what they are sent as the vendors' documents say."""
