"""The faces of Yima: templates, styles, scripts and the two catalogues of words.

Pages are rendered here and served by backend/routes/pages_*.py. No framework, no build step, no request to any other
host; each page works as plain forms first. Knows no room but the Actor: what a page shows is handed in.
"""
