"""A place from whatever came: a door code, our place, a position in a declared datum, an address in words.

Rather unsure than wrong: what does not lead to one place is for a person, who gets the five nearest or likeliest.
"""
