"""积分: what a closed order earns whoever did or reported it, within the limits of the day; and taking it back."""
