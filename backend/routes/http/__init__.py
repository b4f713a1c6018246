"""What lies around every answer: authentication, guards, limits, problem documents, cookies, uploads, headers."""
