"""Form II.06a of a month as a workbook, written when anything it shows has changed."""

from briefings.forms.refresh import (
    FORM_NOTE,
    FORM_STEM,
    forget_form,
    form_files,
    is_current,
    is_vouched_for,
    refresh_form,
)

__all__ = [
    "FORM_NOTE",
    "FORM_STEM",
    "forget_form",
    "form_files",
    "is_current",
    "is_vouched_for",
    "refresh_form",
]
