"""The pages of lifts: behind a lift's code for everybody, and the register for those who look after it."""
