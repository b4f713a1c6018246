"""From a citizen's words to an item of the dictionary: features, the model's file, suggestions, training, corrections.

Nothing here is loaded at a start of web or worker: numpy comes with the first text, scikit-learn with the first training.
"""
