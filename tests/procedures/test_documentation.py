# SPDX-License-Identifier: MIT
"""The page of each shipped procedure is drawn from its data; run as a script, this module writes the pages."""

from pathlib import Path

from platformrules.plugins import load
from platformrules.procedures.diagram import to_mermaid
from platformrules.procedures.model import Procedure

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "procedures"


def page_of(procedure: Procedure) -> Path:
    """Where the page of a procedure stands."""
    return PAGES / f"{procedure.id.replace('/', '-')}.md"


def text_of(procedure: Procedure) -> str:
    """The page: diagram in both languages, who acts, and the clauses of each row."""
    lines = [f"# {procedure.reference}", "", f"{procedure.title.en} · {procedure.title.zh}", ""]
    lines += ["Drawn from the rule file; do not edit.", ""]
    for language, heading in (("en", "Diagram"), ("zh", "状态图")):
        lines += [f"## {heading}", "", "```mermaid", to_mermaid(procedure, language).rstrip("\n"), "```", ""]
    lines += ["## Who acts", "", "| event | who | 事件 | 由谁 |", "|---|---|---|---|"]
    lines += [f"| {one.title.en} | {one.by.en} | {one.title.zh} | {one.by.zh} |" for one in procedure.events]
    lines += ["", "## Clauses", "", "| clause | place | rows |", "|---|---|---|"]
    for cited in procedure.cited:
        rows = [str(row.index + 1) for row in procedure.transitions if cited in row.cites]
        where = ", ".join(rows) or "a parameter"
        lines.append(f"| `{cited.clause}` | {cited.locator.en} · {cited.locator.zh} | {where} |")
    return "\n".join(lines) + "\n"


def shipped() -> list[Procedure]:
    """The procedures of the plugins of this repository."""
    root = Path(__file__).parents[2] / "plugins"
    return list(load(sorted(one for one in root.iterdir() if (one / "src").is_dir())).procedures.values())


def test_pages_of_procedures_are_those_of_the_data() -> None:
    """A page for each, and each as it would be written now."""
    assert shipped()
    assert {page_of(one): text_of(one) for one in shipped()} == {
        path: path.read_text("utf-8") for path in sorted(PAGES.glob("*.md"))
    }


if __name__ == "__main__":
    for one in shipped():
        page_of(one).write_text(text_of(one), "utf-8")
