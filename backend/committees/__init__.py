"""The residents' committee's own platform: its duty list, the patrols that follow from it, and the overviews above it."""
