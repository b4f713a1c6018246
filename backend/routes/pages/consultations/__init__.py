"""Questions with answers: asking, what everybody may read, and what those who release answers see."""
