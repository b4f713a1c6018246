"""How words are found in texts, and what is never a word: names of persons, numbers, times. Pure.

Numpy and the lexicon come with the first text, as in `backend/intake/items`.
"""
