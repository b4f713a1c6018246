"""商户公示: what everybody is told of a shop behind its code, and the link to its kitchen that its owner sets."""
