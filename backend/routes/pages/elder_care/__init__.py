"""The pages of elder care: the day's visits and the register, one elder, and the street's figures."""
