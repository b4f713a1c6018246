"""Pages of residents' committees and of who looks after them: board, duty list, decisions, overviews, volunteers."""
