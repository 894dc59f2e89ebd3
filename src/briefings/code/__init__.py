"""Which code and which packages a result rests on, found without importing any of it."""
