"""Events as platforms and cameras of GA/T 1400 (视图库, VIID) post them: registration, signs of life, images.

The standard's text was not at hand: paths, names of fields and codes are general knowledge, held against what public
software of several makers sends. docs/intake/cameras.md says which part could not be checked.
"""
