"""Python without what its reader alone sees: comments, docstrings, blank lines, formatting."""

from __future__ import annotations

import ast

from briefings.files import digest

WITH_DOCSTRING = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def normal_digest(tree: ast.AST) -> str:
    """Equal for two trees that differ in positions only."""
    return digest(ast.dump(tree).encode("utf-8", "surrogatepass"))


def without_docstrings(tree: ast.Module) -> ast.Module:
    """`tree` itself without docstrings; whole where the code reads one of them."""
    nodes = list(ast.walk(tree))
    if not any(isinstance(node, ast.Attribute) and node.attr == "__doc__" for node in nodes):
        for node in nodes:
            if isinstance(node, WITH_DOCSTRING) and _starts_with_text(node.body):
                node.body = node.body[1:]
    return tree


def _starts_with_text(body: list[ast.stmt]) -> bool:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *_]:
            return True
    return False
