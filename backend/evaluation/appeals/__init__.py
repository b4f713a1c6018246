"""评效申诉: a case that is to be left out of a figure: made in time, decided by somebody else, visible after."""
