"""Control charts: what is usual for a measure, and which month is not. Pure; months are places."""
