"""Monthly briefings on administrative procedures, from raw exports to HTML and PDF."""
