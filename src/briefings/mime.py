"""The MIME types by which a notebook hands its outputs to the press."""

HTML = "text/html"
TYPST = "text/vnd.typst"
FIGURES = "application/vnd.briefings.figures+json"
