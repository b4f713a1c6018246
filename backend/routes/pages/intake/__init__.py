"""来件台: what came in and waits for a person, one case after the other; and the sources with their health."""
