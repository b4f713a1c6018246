"""How an instance is put on a machine: `local` for one laptop or one server, without anything installed before."""
