"""The pages of the wall, for the list of all pages."""

from backend.routes.pages.board import drawing, wall

BOARD_PAGES = (wall.show_wall, drawing.show_drawing)
