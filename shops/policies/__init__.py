"""政策精准推送: what the street tells the shops that it concerns, who has read it, and what they ask about it."""
