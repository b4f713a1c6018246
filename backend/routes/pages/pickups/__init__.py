"""Pages of those who fetch and of those who look after it: a route's day, how full the days are, what is laid down."""
