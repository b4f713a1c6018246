"""What pages and API share besides HTTP itself: scanning, signing in, rights to plates, similar photos. No routes."""
