"""Deadlines, pure: which minutes count, how many each stage has, when a stage is due, when a level is reached.

No clock, no database, no await: the instant, the limits and the timetable are handed in. It does not decide who is told
(the ladder's rows do) nor when a pause is granted (the moves do).
"""
