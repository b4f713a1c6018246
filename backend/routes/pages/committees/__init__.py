"""Pages of residents' committees and of whoever looks after them: board, duty list, decisions, overviews."""
