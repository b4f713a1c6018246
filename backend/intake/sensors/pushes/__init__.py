"""HTTP pushes of the two large NB-IoT platforms: who may push, and what is pushed taken together."""
