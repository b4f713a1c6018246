"""Learn a model from texts whose class is known. Needs the extra `training` (scikit-learn), a running town does not.

Every learner here is linear in what a text is made of, and so is the blend of them: one table of weights is what is
left, whatever it was blended from.
"""
