"""Styles, scripts and pictures: named by content, bundled, kept in memory."""
