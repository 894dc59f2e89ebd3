"""Loaded before everything else where notebooks are run.

nbformat loads jsonschema, which loads whatever it finds for the checks of formats; one of these
compiles a grammar of web addresses for more than a second. No notebook is checked for them.
"""

from __future__ import annotations

import sys

# Python's own way to say that a module is not to be found; jsonschema then does without.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
