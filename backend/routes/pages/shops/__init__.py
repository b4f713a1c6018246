"""Pages of shops: complaints about one, and who may know who complained."""
