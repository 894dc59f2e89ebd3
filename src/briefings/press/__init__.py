"""Executes notebooks and renders them; knows nothing of dossiers or statistics."""
