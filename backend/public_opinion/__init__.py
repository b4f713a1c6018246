"""社情民意: hot words, new words and emerging matters of the orders' words, by area and week; early warnings.

words: how words are found in texts, and what is never one. detection: when a word rises, and how often that is chance.
Above them: which orders count (queueing, counting), the words of a town (discovering, vocabulary), warnings and what
the desk says of them (warning, verdicts), and what pages read (queries). No text is stored here.
"""
