# SPDX-License-Identifier: MIT
"""From rule files to standards: check every expression and citation, tell all faults of a file at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import evolve

from platformrules.citations import Citation, Document
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, MISTAKE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype, Kind
from platformrules.criteria.parser import MAX_DECIMALS
from platformrules.criteria.typed import TypedExpr
from platformrules.diagnostics import did_you_mean
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import Schema, digits_fault
from platformrules.serialization import shown
from platformrules.standards.files import CriterionRow, JudgeChoice, ParameterRow, StandardFile
from platformrules.standards.model import (
    Block,
    Criterion,
    JudgeRow,
    NoteRow,
    Parameter,
    PeriodRule,
    Standard,
    VerdictRow,
)
from platformrules.standards.sources import KEBAB, RULE_ID, SNAKE, Faults, SourceFile, structured

#: What a standard can judge.
SUBJECTS = ("center", "organization", "area")
# Names of the language that no parameter may take (format.md section 1).
_RESERVED = ("period", "months", "as_of", "criteria", "blocks", "score", "verdict", "subjects")

_DATATYPES: Mapping[type, Datatype] = {bool: TRUTH, int: WHOLE, Decimal: NUMBER, str: TEXT, date: DATE, frozenset: SET}
_EMPTY = Bilingual("", "")


def load_standard(
    source: SourceFile,
    plugin: str,
    schema: Schema,
    documents: Mapping[str, Document],
    hashes: Mapping[str, str],
    *,
    plugin_version: str = "",
) -> Standard:
    """A standard from its file.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = structured(source, StandardFile)
    builder = _Builder(source, file, plugin, schema, documents=documents, hashes=hashes, plugin_version=plugin_version)
    return builder.build({}, faults)


class _Builder:
    """Checks one structured file; kept by the standard, to check it again with other parameters."""

    def __init__(
        self,
        source: SourceFile,
        file: StandardFile,
        plugin: str,
        schema: Schema,
        *,
        documents: Mapping[str, Document],
        hashes: Mapping[str, str],
        plugin_version: str,
    ) -> None:
        """Keep what a standard is made of."""
        self.plugin_version = plugin_version
        self.source, self.file, self.plugin, self.schema = source, file, plugin, schema
        self.documents = documents
        self.hashes = MappingProxyType({**hashes, source.name: source.digest})

    def again(self, overrides: Mapping[str, Any]) -> Standard:
        """The standard with other parameters: of a copy, since two threads may ask for one at the same time."""
        return copy(self).build(overrides, Faults(self.source.name))

    def build(self, overrides: Mapping[str, Any], faults: Faults) -> Standard:
        file, header = self.file, self.file.standard
        self.faults = faults
        self.check_header()
        document = self.documents.get(header.document)
        self.document = document or Document("", "", None, _EMPTY, _EMPTY, _EMPTY, {})
        period = self.period(header.period)
        self.check_ids()
        parameters = self.parameters(overrides)
        scope = Scope(
            schema=self.schema,
            subject=header.subject if header.subject in SUBJECTS else SUBJECTS[0],
            parameters={name: (one.datatype, one.value) for name, one in parameters.items()},
            has_period=period.kind != "as-of",
        )
        criteria = tuple(self.criterion(row, index, scope) for index, row in enumerate(file.criteria))
        blocks = tuple(Block(row.id, row.title, row.parent) for row in file.blocks)
        self.check_blocks(blocks)
        notes = tuple(self.note(index, scope) for index in range(len(file.notes)))
        rules = evolve(
            scope, criteria=tuple(row.id for row in file.criteria), blocks=tuple(row.id for row in file.blocks)
        )
        verdicts = self.verdicts(rules)
        faults.stop()
        return Standard(
            id=header.id,
            version=header.version,
            subject=header.subject,
            title=header.title,
            document=self.document,
            in_force=header.in_force,
            period=period,
            parameters=MappingProxyType(parameters),
            blocks=blocks,
            criteria=criteria,
            verdicts=verdicts,
            notes=notes,
            schema=self.schema,
            plugin=self.plugin,
            plugin_version=self.plugin_version,
            file=self.source.name,
            hashes=self.hashes,
            rebuild=self.again,
        )

    def check_header(self) -> None:
        header, faults = self.file.standard, self.faults
        if not RULE_ID.fullmatch(header.id) or not header.id.startswith(f"{self.plugin}/"):
            hint = f"`{self.plugin}/` and a name in lower case"
            faults.add("PR404", f"`{header.id}` is no id of this plugin's standard", "$.standard.id", hint)
        if not KEBAB.fullmatch(header.version):
            faults.add("PR404", f"`{header.version}` is no version", "$.standard.version", "the year, as a rule")
        if header.subject not in SUBJECTS:
            hint = "one of " + ", ".join(SUBJECTS)
            faults.add("PR403", f"`{header.subject}` is no subject", "$.standard.subject", hint)
        if header.document not in self.documents:
            hint = did_you_mean(header.document, self.documents)
            faults.add("PR405", f"there is no document `{header.document}`", "$.standard.document", hint)
        if header.in_force.until is not None and header.in_force.until < header.in_force.from_:
            faults.add("PR403", "`until` lies before `from`", "$.standard.in_force.until")

    def period(self, given: object) -> PeriodRule:
        match given:
            case "calendar-year" | "calendar-month" | "as-of":
                return PeriodRule(str(given))
            case {"from": date() as first, "to": date() as last, **rest} if (
                not rest and type(first) is type(last) is date and first <= last
            ):
                return PeriodRule("printed", printed=Period(first, last))
            case {"months": int() as months, "start": str() as start, **rest} if (
                not rest and type(months) is int and months > 0 and (day := _day_of_year(start)) is not None
            ):
                return PeriodRule("recurring", months=months, start=day)
            case _:
                hint = '"calendar-year", "calendar-month", "as-of", {months, start = "12-01"} or {from, to}'
                self.faults.add("PR403", f"this is no period (got {shown(given)})", "$.standard.period", hint)
                return PeriodRule("calendar-year")

    def check_ids(self) -> None:
        file, faults = self.file, self.faults
        faults.unique(((name, f"$.parameters.{name}") for name in file.parameters), SNAKE, "parameter")
        sections: tuple[tuple[str, str, Sequence[Any]], ...] = (
            ("criterion", "criteria", file.criteria),
            ("block", "blocks", file.blocks),
            ("verdict", "verdict", file.verdict),
            ("note", "notes", file.notes),
        )
        for what, key, rows in sections:
            faults.unique(((row.id, f"$.{key}[{index}].id") for index, row in enumerate(rows)), KEBAB, what)
        taken = {self.file.standard.subject, *self.schema.relations, *_RESERVED}
        for name in file.parameters:
            if name in taken:
                faults.add("PR404", f"`{name}` means something else already", f"$.parameters.{name}")

    def cite(self, clauses: Sequence[str], path: str) -> tuple[Citation, ...]:
        known = self.document.clauses
        if not clauses:
            self.faults.add("PR408", "it must cite a clause", f"{path}.cites")
        for index, clause in enumerate(clauses):
            if clause not in known and self.document.id:
                hint = did_you_mean(clause, known)
                message = f"`{self.document.id}` has no clause `{clause}`"
                self.faults.add("PR405", message, f"{path}.cites[{index}]", hint)
        return tuple(self.document.cite(clause) for clause in clauses if clause in known)

    def parameters(self, overrides: Mapping[str, Any]) -> dict[str, Parameter]:
        for name in overrides:
            if name not in self.file.parameters:
                message = f"{self.file.standard.id} has no parameter `{name}`; "
                raise UnknownNameError((message + did_you_mean(name, self.file.parameters)).rstrip("; "))
        return {name: self.parameter(name, row, overrides) for name, row in self.file.parameters.items()}

    def parameter(self, name: str, row: ParameterRow, overrides: Mapping[str, Any]) -> Parameter:
        path = f"$.parameters.{name}"
        value, expected = overrides.get(name, row.value), _DATATYPES[type(row.value)]
        if isinstance(value, set | list | tuple) and all(type(item) is str for item in value):
            value = frozenset(value)
        datatype = _DATATYPES.get(type(value), MISTAKE)
        fault = "" if datatype.kind is expected.kind else f"must be {expected}"
        if datatype.kind is Kind.NUMBER and not fault:
            fault = digits_fault(value, MAX_DECIMALS)
        if fault:
            self.faults.add("PR403", f"`{name}` {fault} (got {shown(value)})", f"{path}.value")
        if fault or self.faults.is_mended(f"{path}.value"):
            datatype = MISTAKE
        return Parameter(
            id=name,
            value=value,
            datatype=datatype,
            cites=self.cite(row.cites, path),
            unit=row.unit,
            title=row.title,
            reading=row.reading,
            note=row.note,
            overridden=name in overrides and value != row.value,
        )

    def expression(self, text: str | None, scope: Scope, path: str, cites: Sequence[Citation] = ()) -> TypedExpr | None:
        if text is None:
            return None
        try:
            return check(text, scope, TRUTH)
        except RuleFileError as error:
            self.faults.take(error, path, cites)
            return None

    def criterion(self, row: CriterionRow, index: int, scope: Scope) -> Criterion:
        path = f"$.criteria[{index}]"
        cites = self.cite(row.cites, path)
        if (row.require is None) is (row.judge is None):
            hint = "`require` is a condition, `judge` a list of what a person may find"
            message = "a criterion has exactly one of `require` and `judge`"
            self.faults.add("PR402", message, path, hint, cites, keys=("require", "judge"))
        judge = row.judge or ()
        if row.judge is not None:
            self.check_judge(row.judge, path, cites)
        return Criterion(
            id=row.id,
            cites=cites,
            strength=row.strength,
            title=row.title,
            require=self.expression(row.require, scope, f"{path}.require", cites),
            judge=tuple(
                JudgeRow(
                    choice.id,
                    choice.title,
                    choice.fails,
                    self.expression(choice.when, scope, f"{path}.judge[{at}].when", cites),
                    choice.follows,
                )
                for at, choice in enumerate(judge)
            ),
            applies_when=self.expression(row.applies_when, scope, f"{path}.applies_when", cites),
            block=row.block,
            proof=row.proof,
            remedy=row.remedy,
            note=row.note,
        )

    def check_judge(self, choices: Sequence[JudgeChoice], path: str, cites: Sequence[Citation]) -> None:
        named = ((choice.id, f"{path}.judge[{at}].id") for at, choice in enumerate(choices))
        self.faults.unique(named, KEBAB, "row")
        if len({choice.fails for choice in choices}) < 2:
            message = "a judgement must be able to pass and to fail"
            self.faults.add("PR406", message, f"{path}.judge", "`fails = true`", cites)

    def check_blocks(self, blocks: Sequence[Block]) -> None:
        known = {block.id for block in blocks}
        for index, row in enumerate(self.file.criteria):
            if row.block is not None and row.block not in known:
                hint = did_you_mean(row.block, known)
                self.faults.add("PR405", f"there is no block `{row.block}`", f"$.criteria[{index}].block", hint)
        parents = {block.id: block.parent for block in blocks}
        for index, block in enumerate(blocks):
            if block.parent is not None and block.parent not in known:
                self.faults.add("PR405", f"there is no block `{block.parent}`", f"$.blocks[{index}].parent")
            chain, at = [block.id], block.parent
            while at in parents and at not in chain:
                chain.append(at)
                at = parents[at]
            if at == block.id == min(chain):  # told once, at one of its blocks
                circle = " -> ".join((*chain, at))
                self.faults.add("PR307", f"blocks form a circle: {circle}", f"$.blocks[{index}].parent")

    def note(self, index: int, scope: Scope) -> NoteRow:
        row, path = self.file.notes[index], f"$.notes[{index}]"
        cites = self.cite(row.cites, path)
        return NoteRow(row.id, cites, row.text, self.expression(row.when, scope, f"{path}.when", cites))

    def verdicts(self, scope: Scope) -> tuple[VerdictRow, ...]:
        rows = self.file.verdict
        if not rows:
            self.faults.add("PR406", "a standard has at least one verdict", "$.verdict")
        for index, row in enumerate(rows):
            if (row.when is None) is not (index == len(rows) - 1):
                message = "only the last row, and always the last, has no `when`"
                hint = "rows below a row without `when` cannot be reached"
                self.faults.add("PR406", message, f"$.verdict[{index}]", hint, keys=("when",))
        return tuple(
            VerdictRow(
                row.id,
                row.title or Bilingual(row.id, row.id),
                row.conforms,
                self.expression(row.when, scope, f"$.verdict[{index}].when"),
                row.follows,
            )
            for index, row in enumerate(rows)
        )


def _day_of_year(text: str) -> tuple[int, int] | None:
    """Month and day of ``12-01``; ``None`` if there is no such day in any year."""
    try:
        day = date.fromisoformat(f"2000-{text}" if re.fullmatch(r"\d\d-\d\d", text, re.ASCII) else "")
    except ValueError:
        return None
    return day.month, day.day
