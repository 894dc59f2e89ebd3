"""Raw tables of a PostgreSQL database: mapped columns only, as they are at one moment."""
