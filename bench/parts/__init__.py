"""What the benches share: a stage, a filled town, the product's processes, lean clients, the database's own limit."""
