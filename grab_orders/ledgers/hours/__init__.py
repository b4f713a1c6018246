"""时长: work is entered from check-in to finish, counts once the committee confirms it, and goes out as a list."""
