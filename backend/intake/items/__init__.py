"""From a citizen's words to an item of the dictionary: features, the model's file, suggestions, training, corrections.

No start of web or worker loads any of it: numpy comes with the first text, scikit-learn with the first training.
"""
