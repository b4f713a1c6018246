"""The numbers of public opinion: how many must say something, and with how many weeks it is compared. Pure."""

LEAST_VOICES = 5
"""What fewer reporters said is shown to nobody: who they are could be told from it."""
WEEK_DAYS, WEEKS_BEFORE = 7, 8
LEAST_WEEKS = 4
"""Earlier weeks that something must have been said in, before anything can rise."""
FALSE_DISCOVERIES = 0.05
"""Among matters."""
HOT_FALSE = 0.1
"""The rate of false discoveries among hot words and hot places."""
