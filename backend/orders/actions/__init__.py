"""What people do to an order: accept, finish, return, request, urge, supervise, cancel, reassign in bulk."""
