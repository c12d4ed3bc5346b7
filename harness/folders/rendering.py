"""The templates of Dockerfiles and of docker-compose.yml."""

from __future__ import annotations

import posixpath

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(template: str, **values: object) -> str:
    """The template of that name with these values in it."""
    environment = Environment(
        loader=PackageLoader("harness.folders"),
        autoescape=False,  # noqa: S701 - neither a Dockerfile nor YAML is HTML
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["basename"] = posixpath.basename
    return environment.get_template(template).render(values)
