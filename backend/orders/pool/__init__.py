"""抢单池: orders that whoever is on call may take. Who may, `grab_orders` says; here is what becomes of the order."""
