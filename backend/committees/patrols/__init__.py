"""巡查: the rounds that follow from duty lists, and what was found on them."""
