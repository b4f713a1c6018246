"""From codes to what the print shop gets: labels in millimetres, in volumes, each read back before it is released."""
