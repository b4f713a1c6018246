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
WINDOWS = (1, 2, 4, 7, 14, 28)
"""Days to now in which something may have risen: a burst is seen in the short ones, slow growth in the long ones."""
GAP_DAYS, BASE_DAYS = 28, 84
"""What is usual is told by so many days, which end so many days ago: growth that lasts is no part of them."""
SURPRISE_LEAST = 3.5
"""What is less surprising than that is not looked at."""
QUIET_DAYS, QUIET_LEAST, QUIET_MOST = 28, 28, 180
"""A matter is not raised again for so many days after its warning, or after somebody dealt with it."""
