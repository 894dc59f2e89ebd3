"""Synthetic raw exports, calibrated to published totals; the statistics never import this."""

from briefings.demo.generate import generate

__all__ = ["generate"]
