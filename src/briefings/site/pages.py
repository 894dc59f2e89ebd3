"""What the index pages are called."""

from __future__ import annotations

from briefings.project import Project


def page_name(project: Project, language: str) -> str:
    """The first language's page is the one that a web server shows."""
    return "index.html" if language == project.languages[0] else f"index.{language}.html"
