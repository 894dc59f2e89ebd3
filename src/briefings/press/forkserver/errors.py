"""Why there is no forked kernel."""

from __future__ import annotations


class ZygoteError(Exception):
    """No kernel can be forked; an ordinary one will do."""
