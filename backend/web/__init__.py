"""What pages are made of: templates, views, styles, scripts and the two catalogues of texts.

Pages are rendered here and served by backend/routes/pages. No framework, no build step, no request to any other
host; each page works as plain forms first. Knows no other package but the Actor: what a page shows is handed in.
"""
