"""`python -m briefings` is the `briefings` command."""

from briefings.cli import main

main()
