"""独居老人关爱: a sealed register of lone elders, the rounds of visits to them, and the alarm for one that is missed.

Who lives where is told to the committee of the area and to assigned visitors, one by one and each time written down.
Everybody else reads numbers. Calls orders and the sensors of intake.
"""
