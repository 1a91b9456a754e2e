"""Restoration networks written from their papers: subjects for exporting and testing, not trained here."""
