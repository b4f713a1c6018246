"""Geometry: columns for Piccolo, points, datum conversion. Only WGS-84 is stored; longitude comes first; metres."""
