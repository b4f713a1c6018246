"""What stands behind a shop's code: its register, waste pickup, inspections, grades, policies and complaints."""
