"""Other systems' endpoints: orders sent on to them, requests fetched from them, and what either side says later."""
