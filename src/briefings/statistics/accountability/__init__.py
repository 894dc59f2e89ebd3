"""Who is asked to account for what, by stated rules."""
