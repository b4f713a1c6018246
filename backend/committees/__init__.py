"""The residents' committee's own platform: its duty list, the patrols that follow from it, the overviews above."""
