"""What other systems tell us: their words made into items of the dictionary. A branch that uses orders and below."""
