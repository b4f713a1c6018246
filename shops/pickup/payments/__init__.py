"""What shops pay for pickups: behind a Protocol, confirmed offline by staff where no other way is set up."""
