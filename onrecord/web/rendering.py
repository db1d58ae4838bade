"""Templates, filled in wherever a page is made: in the server or in a worker."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader


def render(template: str, **given: object) -> str:
    """Return a page; every value is escaped."""
    return _templates().get_template(template).render(**given)


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True)
