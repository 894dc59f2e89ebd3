"""The gates: pure functions from what was taken in and counted to what holds publication back."""
