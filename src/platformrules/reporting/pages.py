# SPDX-License-Identifier: MIT
"""A publication as one HTML file that needs nothing else. The only module of reports that knows jinja2.

All texts are escaped by the template; a policy in the page lets only the one script of the page run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from platformrules.errors import PlatformRulesError
from platformrules.languages import Language
from platformrules.reporting.publication import Publication
from platformrules.reporting.views import Views
from platformrules.reporting.wording import words

try:
    import jinja2
except ImportError as error:  # pragma: no cover - held by a test in a process of its own
    raise PlatformRulesError('an .html report needs jinja2: pip install "platformrules[report]"') from error

#: The `lang` of a page.
_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


def render_html(publication: Publication) -> Iterator[str]:
    """The page in pieces, one subject at a time, so that it need never be in memory as a whole."""
    script = _resource("filter.js")
    stream = _template().stream(
        lang=_TAGS[publication.language],
        words=words(publication.language),
        views=Views(publication),
        style=_resource("report.css"),
        script=script,
        policy=_policy(script),
    )
    stream.enable_buffering(64)
    return stream


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_resource),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html.jinja")


def _resource(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )
