"""What goes over the wire of GeoReport v2, without database and network: documents, dates, words for states, forms."""
