"""Events as GA/T 1400 platforms and cameras post them (视图库, VIID): registration, signs of life, images with an event.

The standard's text was not at hand: paths, names of fields and codes are general knowledge, held against what public
software of several makers sends. docs/intake/cameras.md says which part could not be checked.
"""
