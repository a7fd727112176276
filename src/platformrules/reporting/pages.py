# SPDX-License-Identifier: MIT
"""A publication as one HTML file that needs nothing else. The only module of reports that knows jinja2.

All texts are escaped by the template; a policy in the page lets only the one script of the page run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from platformrules.errors import PlatformRulesError
from platformrules.languages import Language
from platformrules.release import library_version
from platformrules.reporting.matrix import TITLE, Matrix
from platformrules.reporting.publication import Publication
from platformrules.reporting.validity import in_force_text, validity_warning
from platformrules.reporting.views import Views
from platformrules.reporting.wording import one_line, words

try:
    import jinja2
except ImportError as error:  # pragma: no cover - held by a test in a process of its own
    raise PlatformRulesError('an .html report needs jinja2: pip install "platformrules[report]"') from error

#: The `lang` of a page.
_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


def render_html(publication: Publication) -> Iterator[str]:
    """The page in pieces, one subject at a time, so that it need never be in memory as a whole."""
    script = _resource("filter.js")
    stream = _template("report.html.jinja").stream(
        lang=_TAGS[publication.language],
        words=words(publication.language),
        views=Views(publication),
        style=_resource("report.css"),
        script=script,
        policy=_policy(script),
    )
    stream.enable_buffering(64)
    return stream


def render_matrix(matrix: Matrix, pages: Mapping[str, str]) -> str:
    """The page of several standards; ``pages`` are the file names of their own reports, by reference."""
    language = matrix.language
    notes = dict.fromkeys(str(one.provenance["note"]) for one in matrix.publications if one.provenance["note"])
    return _template("matrix.html.jinja").render(
        lang=_TAGS[language],
        language=language,
        words=words(language),
        title=TITLE[language],
        matrix=matrix,
        rows=list(matrix.rows()),
        notes=[one_line(note) for note in notes],
        pages=pages,
        in_force=in_force_text,
        warning=validity_warning,
        style=_resource("report.css"),
        policy=_policy(""),
        version=library_version(),
    )


@lru_cache(maxsize=2)
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_resource),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def _resource(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text("utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )
