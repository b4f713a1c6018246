"""Tables that grow for ever, cut by month of arrival: made ahead, taken out, written to files, put back.

A table has a partition for everything before its first month, one for each month, and one for everything after the
last month made, so that no row is ever refused. The owners say which tables (`PartitionedTable`). Owns ArchivedPart:
what was taken out, and to which file. Knows no other package.
"""
