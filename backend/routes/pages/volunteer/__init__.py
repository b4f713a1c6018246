"""Pages of whoever takes orders out of the pool: the hall, the home of volunteers, giving back."""
