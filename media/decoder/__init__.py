"""Decoding pictures from strangers, in a process of its own that may die without harm.

`pool` is our side: it starts the processes, gives them open files and keeps the time. `process` is the other side: it
limits itself, owns no secrets and no paths, and answers with `messages`. `develop` and `exif` are what it does. Nothing
but this package decodes a picture, and no other process imports the decoding libraries.
"""
