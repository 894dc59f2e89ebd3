"""From a snapshot to the facts of every unit: everything is counted once a month."""
