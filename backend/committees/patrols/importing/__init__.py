"""Routes from a file, CSV or Excel: a line is a stop. A route is taken whole or not at all, and every line that stays
out is told with its number and the reason. The same file again changes nothing.
"""
