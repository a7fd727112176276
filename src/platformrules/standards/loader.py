# SPDX-License-Identifier: MIT
"""From rule files to standards: structure, check every expression and citation, tell all faults of a file at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from keyword import iskeyword
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import evolve, fields, frozen

from platformrules.citations import Citation, Disposition, Document
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, MISTAKE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype, Kind
from platformrules.criteria.parser import LITERALS, MAX_DECIMALS
from platformrules.criteria.typed import TypedExpr
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import DECIMALS, Choice, Fact, FactType, Schema, digits_fault
from platformrules.serialization import MAX_FILE, read_toml, shown, structure_mended
from platformrules.standards.files import (
    ClausesFile,
    CriterionRow,
    FactRow,
    FactsFile,
    JudgeChoice,
    ParameterRow,
    StandardFile,
)
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

T = TypeVar("T")

#: The version of the rule format that this library reads.
FORMAT = 1
#: What a standard can judge.
SUBJECTS = ("center", "organization", "area")
# Names of the language that no parameter may take (format.md section 1).
_READ = {"fact", "parameter"}  # as names, so that a word of the language cannot be one
_RESERVED = ("period", "months", "as_of", "criteria", "blocks", "score", "verdict", "subjects")

_SNAKE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_KEBAB = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)
_STANDARD_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z0-9][a-z0-9-]*", re.ASCII)
_DATATYPES: Mapping[type, Datatype] = {bool: TRUTH, int: WHOLE, Decimal: NUMBER, str: TEXT, date: DATE, frozenset: SET}
_EMPTY = Bilingual("", "")


@frozen
class SourceFile:
    """A rule file as it was found: its name in messages, its text and the hash of its bytes."""

    name: str
    text: str
    digest: str

    @classmethod
    def read(cls, path: Traversable, name: str) -> SourceFile:
        """Read a file.

        Raises:
            RuleFileError: the file cannot be read, is not UTF-8 or is too large.
        """
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE + 1)
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RuleFileError([Diagnostic("PR401", f"not UTF-8: {error.reason}", name)]) from None
        except OSError as error:
            raise RuleFileError([Diagnostic("PR401", f"cannot be read: {error.strerror}", name)]) from None
        if len(data) > MAX_FILE:
            raise RuleFileError([Diagnostic("PR401", f"the file is larger than {MAX_FILE:,} bytes", name)])
        return cls(name, text, hashlib.sha256(data).hexdigest())


class Faults:
    """The diagnostics of one file, gathered while it is loaded.

    It begins with what is wrong with the keys. Where a neutral value took the place of a wrong one, nothing else is
    said, so that one fault is told once.
    """

    def __init__(self, file: str, found: Iterable[Diagnostic] = ()) -> None:
        """Begin with what is known already."""
        self.file = file
        self.found = list(found)
        self._mended = {one.path for one in self.found}
        self._above = {above for path in self._mended for above in _steps(path)}
        self._misspelt = {one.path.rpartition(".")[0] for one in self.found if one.message.startswith("unknown key")}

    def is_mended(self, path: str) -> bool:
        """Whether what stands at a path, or above or below it, is not what the file says."""
        return path in self._above or not self._mended.isdisjoint(_steps(path))

    def is_row_mended(self, path: str, keys: Iterable[str]) -> bool:
        """Whether one of these keys of a row is not what the file says; an unknown key may stand for any of them."""
        return path in self._misspelt or any(self.is_mended(f"{path}.{key}") for key in keys)

    def add(
        self,
        code: str,
        message: str,
        path: str,
        hint: str = "",
        cites: Iterable[Citation] = (),
        *,
        keys: Sequence[str] = (),
    ) -> None:
        """Note a fault at a path of the file; ``keys`` are those of a row that it is about."""
        if not (self.is_row_mended(path, keys) if keys else self.is_mended(path)):
            cited = "; ".join(map(str, cites))
            self.found.append(Diagnostic(code, message, self.file, path, help=hint, cites=cited))

    def take(self, error: RuleFileError, path: str, cites: Iterable[Citation] = ()) -> None:
        """Note the faults of an expression at a path of the file."""
        cited = "; ".join(map(str, cites))
        self.found += [evolve(one, file=self.file, path=path, cites=cited) for one in error.diagnostics]

    def unique(
        self, rows: Iterable[tuple[str, str]], pattern: re.Pattern[str], what: str, *, taken: Iterable[str] = ()
    ) -> None:
        """Note ids that are malformed or stand twice; rows are (id, path)."""
        seen = set(taken)
        for name, path in rows:
            if not pattern.fullmatch(name) or (what in _READ and (iskeyword(name) or name in LITERALS)):
                self.add("PR404", f"`{name}` is no {what} id", path, "lower case letters, digits and a separator")
            if name in seen:
                self.add("PR404", f"the {what} id `{name}` stands twice", path)
            seen.add(name)

    def stop(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            RuleFileError: with all faults.
        """
        if self.found:
            raise RuleFileError(self.found)


def _steps(path: str) -> Iterator[str]:
    """The path and all that lie above it."""
    yield path
    yield from (path[:index] for index, character in enumerate(path) if character in ".[")


def _structured(source: SourceFile, into: type[T]) -> tuple[T, Faults]:
    """The file, and what is wrong with its keys."""
    data = read_toml(source.text, source.name)
    if data.get("format") != FORMAT:
        message = f"`format` must be {FORMAT} (got {data.get('format')!r})"
        raise RuleFileError([Diagnostic("PR403", message, source.name, "$.format")])
    file, found = structure_mended(data, into, source.name)
    return file, Faults(source.name, found)


# Facts


def load_facts(source: SourceFile, plugin: str, schema: Schema) -> Schema:
    """The schema with the facts and choices that a plugin declares.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = _structured(source, FactsFile)
    faults.unique(((row.id, f"$.facts[{index}].id") for index, row in enumerate(file.facts)), _SNAKE, "fact")
    added: dict[tuple[str, str], Fact] = {}
    for index, row in enumerate(file.facts):
        _check_fact(row, plugin, schema, faults, f"$.facts[{index}]")
        parts = {one.name: getattr(row, one.name) for one in fields(FactRow) if one.name != "note"}
        added[row.on, row.id] = Fact(**parts, plugin=plugin)
    _check_headings(file.facts, schema, faults)
    widened: dict[tuple[str, str], Fact] = {}
    for index, choices in enumerate(file.choices):
        path = f"$.choices[{index}]"
        model, _, name = choices.of.partition(".")
        known = widened.get((model, name)) or schema.facts.get(model, {}).get(name)
        if known is None or not known.open:
            what = "is not open" if known is not None else "does not exist"
            hint = "name it `model.fact`, an open choice or set of the core"
            faults.add("PR405", f"the fact `{choices.of}` {what}", f"{path}.of", hint)
            continue
        # What two plugins say alike is one choice: each of them must be able to stand alone.
        others = tuple(choice for choice in known.values if choice not in choices.values)
        new = tuple(choice for choice in choices.values if choice not in known.values)
        widened[model, name] = evolve(known, values=known.values + new)
        _check_choices(others, choices.values, faults, f"{path}.values")
    faults.stop()
    return schema.with_facts([*added.values(), *widened.values()])


def _check_headings(rows: Sequence[FactRow], schema: Schema, faults: Faults) -> None:
    """No two facts of a model share a label: it is the heading of a ledger column.

    Facts of other plugins are left out: their authors do not know of one another, and a column may name its fact.
    """
    owners = {
        (model, label.strip().casefold()): one.id
        for model, known in schema.facts.items()
        for one in known.values()
        if not one.plugin
        for label in (one.label.zh, one.label.en, one.id)
    }
    for index, row in enumerate(rows):
        for label in (row.label.zh, row.label.en):
            other = owners.setdefault((row.on, label.strip().casefold()), row.id)
            if other != row.id:
                message = f"`{row.id}` and `{other}` share the label `{label}`"
                faults.add("PR404", message, f"$.facts[{index}].label", "it is the heading of a ledger column")


def _check_fact(row: FactRow, plugin: str, schema: Schema, faults: Faults, path: str) -> None:
    if row.on not in schema.facts:
        faults.add("PR405", f"there is no model `{row.on}`", f"{path}.on", did_you_mean(row.on, schema.facts))
    if not row.id.startswith(f"{plugin}_"):
        faults.add("PR404", f"a fact of this plugin starts with `{plugin}_`", f"{path}.id")
    elif row.id in schema.facts.get(row.on, {}):
        owner = schema.facts[row.on][row.id].plugin
        whose = f"the plugin `{owner}`" if owner else "the core"
        faults.add("PR602", f"`{row.id}` of {row.on} is declared by {whose} too", f"{path}.id")
    chosen = row.type in {FactType.CHOICE, FactType.SET}
    if chosen is not bool(row.values) and not (chosen and row.open):
        message = "a choice or set lists its `values`" if chosen else f"a {row.type} has no `values`"
        faults.add("PR403", message, f"{path}.values")
    if row.open and not chosen:
        faults.add("PR403", f"a {row.type} is not open", f"{path}.open")
    _check_limits(row, faults, path)
    _check_choices((), row.values, faults, f"{path}.values")


def _check_limits(row: FactRow, faults: Faults, path: str) -> None:
    for key, limit in (("minimum", row.minimum), ("maximum", row.maximum)):
        if limit is None:
            continue
        if row.type not in {FactType.INTEGER, FactType.DECIMAL}:
            faults.add("PR403", f"a {row.type} has no `{key}`", f"{path}.{key}")
        if fault := digits_fault(limit, DECIMALS):
            faults.add("PR403", f"`{key}` {fault}", f"{path}.{key}")
    if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
        faults.add("PR403", f"`maximum` must be at least `minimum`, {row.minimum}", f"{path}.maximum")


def _check_choices(known: Sequence[Choice], added: Sequence[Choice], faults: Faults, path: str) -> None:
    """Ids differ, and no text stands for two choices."""
    named = ((choice.id, f"{path}[{index}].id") for index, choice in enumerate(added))
    faults.unique(named, _SNAKE, "choice", taken=(choice.id for choice in known))
    owners = {text.strip().casefold(): one.id for one in known for text in (one.id, one.zh, one.en)}
    for index, choice in enumerate(added):
        for text in (choice.id, choice.zh, choice.en):
            other = owners.setdefault(text.strip().casefold(), choice.id)
            if other != choice.id:
                message = f"`{choice.id}` and `{other}` share the label `{text}`"
                faults.add("PR404", message, f"{path}[{index}]")


# Documents


def load_document(source: SourceFile) -> Document:
    """A document with all its clauses.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = _structured(source, ClausesFile)
    faults.unique([(file.document.id, "$.document.id")], _KEBAB, "document")
    faults.unique(((row.id, f"$.clauses[{index}].id") for index, row in enumerate(file.clauses)), _KEBAB, "clause")
    for index, row in enumerate(file.clauses):
        if (row.reason is not None) is not (row.disposition is Disposition.NOT_EVALUABLE):
            message = "`reason` says why a clause is not evaluable, and only that"
            faults.add("PR407", message, f"$.clauses[{index}].reason")
    faults.stop()
    header = file.document
    return Document(
        id=header.id,
        number=header.number,
        date=header.date,
        title=header.title,
        issuer=header.issuer,
        jurisdiction=header.jurisdiction,
        clauses=MappingProxyType({row.id: row for row in file.clauses}),
        note=header.note,
    )


# Standards


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
    file, faults = _structured(source, StandardFile)
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
        if not _STANDARD_ID.fullmatch(header.id) or not header.id.startswith(f"{self.plugin}/"):
            hint = f"`{self.plugin}/` and a name in lower case"
            faults.add("PR404", f"`{header.id}` is no id of this plugin's standard", "$.standard.id", hint)
        if not _KEBAB.fullmatch(header.version):
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
        faults.unique(((name, f"$.parameters.{name}") for name in file.parameters), _SNAKE, "parameter")
        sections: tuple[tuple[str, str, Sequence[Any]], ...] = (
            ("criterion", "criteria", file.criteria),
            ("block", "blocks", file.blocks),
            ("verdict", "verdict", file.verdict),
            ("note", "notes", file.notes),
        )
        for what, key, rows in sections:
            faults.unique(((row.id, f"$.{key}[{index}].id") for index, row in enumerate(rows)), _KEBAB, what)
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
        self.faults.unique(named, _KEBAB, "row")
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
