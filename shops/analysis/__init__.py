"""一户一报告: what a month of inspections says to a shop, as a page and as PDF; nothing in it is from a complaint."""
