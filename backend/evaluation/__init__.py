"""评效: how units do in what they can influence, and how an area is: secure, orderly, clean. docs/evaluation.md.

intervals, ranking and standardising are pure; units, town_index and roads read the sums of indicators.
"""
