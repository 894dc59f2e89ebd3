"""Pure measures on a snapshot: observations, targets, scorecard. Nothing here knows Jupyter."""
