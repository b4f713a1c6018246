"""What each order adds to the measures, by day, and the sums of months: counted by differences, and counted anew."""
