"""Verification: what photos prove, who looks at finished work, closing, confirmation, dispute, reporters' verdicts."""
