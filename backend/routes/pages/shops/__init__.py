"""Pages of shops: the register and a shop's own people; complaints about one, and who may know who complained."""
