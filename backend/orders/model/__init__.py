"""What an order is: states and transitions, who may make them, facts, errors, inputs, tables, and who may read it."""
