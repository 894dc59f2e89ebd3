"""Monthly briefings on administrative procedures, from raw exports to signed pages."""
