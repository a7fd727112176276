# SPDX-License-Identifier: MIT
"""From rule files to standards: structure, check every expression and citation, tell all faults of a file at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from keyword import iskeyword
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import evolve, frozen

from platformrules.citations import Citation, Document
from platformrules.criteria.checker import Scope, check
from platformrules.criteria.datatypes import DATE, NUMBER, SET, TEXT, TRUTH, WHOLE, Datatype
from platformrules.criteria.typed import ConstantValue, TypedExpr
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.languages import Bilingual
from platformrules.periods import Period
from platformrules.schema import Fact, FactType, Schema
from platformrules.serialization import read_toml, structure
from platformrules.standards.files import (
    ClausesFile,
    CriterionRow,
    FactRow,
    FactsFile,
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
        """Read a file; bytes that are no UTF-8 are a fault.

        Raises:
            RuleFileError: the file is not UTF-8.
        """
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RuleFileError([Diagnostic("PR401", f"not UTF-8: {error.reason}", name)]) from None
        return cls(name, text, hashlib.sha256(data).hexdigest())


class Faults:
    """The diagnostics of one file, gathered while it is loaded."""

    def __init__(self, file: str) -> None:
        """Start with none."""
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, path: str, hint: str = "", cites: str = "") -> None:
        """Note a fault at a path of the file."""
        self.found.append(Diagnostic(code, message, self.file, path, help=hint, cites=cites))

    def take(self, error: RuleFileError, path: str, cites: str = "") -> None:
        """Note the faults of an expression at a path of the file."""
        self.found += [evolve(one, file=self.file, path=path, cites=cites) for one in error.diagnostics]

    def unique(self, rows: Iterable[tuple[str, str]], pattern: re.Pattern[str], what: str) -> None:
        """Note ids that are malformed or stand twice; rows are (id, path)."""
        seen: set[str] = set()
        for name, path in rows:
            if not pattern.fullmatch(name) or iskeyword(name):
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


def _structured(source: SourceFile, into: type[T]) -> T:
    data = read_toml(source.text, source.name)
    if data.get("format") != FORMAT:
        message = f"`format` must be {FORMAT} (got {data.get('format')!r})"
        raise RuleFileError([Diagnostic("PR403", message, source.name, "$.format")])
    return structure(data, into, source.name)


# Facts


def load_facts(source: SourceFile, plugin: str, schema: Schema) -> Schema:
    """The schema with the facts and choices that a plugin declares.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file = _structured(source, FactsFile)
    faults = Faults(source.name)
    faults.unique(((row.id, f"$.facts[{index}].id") for index, row in enumerate(file.facts)), _SNAKE, "fact")
    added: dict[tuple[str, str], Fact] = {}
    for index, row in enumerate(file.facts):
        _check_fact(row, plugin, schema, faults, f"$.facts[{index}]")
        parts = {name: getattr(row, name) for name in FactRow.__slots__ if name not in {"note", "__weakref__"}}
        added[row.on, row.id] = Fact(**parts, plugin=plugin)
    for index, choices in enumerate(file.choices):
        path = f"$.choices[{index}]"
        model, _, name = choices.of.partition(".")
        known = schema.facts.get(model, {}).get(name)
        if known is None or not known.open:
            what = "is not open" if known is not None else "does not exist"
            hint = "name it `model.fact`, an open choice or set of the core"
            faults.add("PR405", f"the fact `{choices.of}` {what}", f"{path}.of", hint)
            continue
        widened = evolve(known, values=known.values + choices.values)
        _check_choices(widened, faults, f"{path}.values")
        added[model, name] = widened
    faults.stop()
    return schema.with_facts(added.values())


def _check_fact(row: FactRow, plugin: str, schema: Schema, faults: Faults, path: str) -> None:
    if row.on not in schema.facts:
        faults.add("PR405", f"there is no model `{row.on}`", f"{path}.on", did_you_mean(row.on, schema.facts))
    if not row.id.startswith(f"{plugin}_"):
        faults.add("PR404", f"a fact of this plugin starts with `{plugin}_`", f"{path}.id")
    chosen = row.type in {FactType.CHOICE, FactType.SET}
    if chosen is not bool(row.values) and not (chosen and row.open):
        message = "a choice or set lists its `values`" if chosen else f"a {row.type} has no `values`"
        faults.add("PR403", message, f"{path}.values")
    if row.type not in {FactType.INTEGER, FactType.DECIMAL}:
        for key in ("minimum", "maximum"):
            if getattr(row, key) is not None:
                faults.add("PR403", f"a {row.type} has no `{key}`", f"{path}.{key}")
    if row.on in schema.facts:
        _check_choices(Fact(row.id, row.on, row.type, row.label, values=row.values), faults, f"{path}.values")


def _check_choices(one: Fact, faults: Faults, path: str) -> None:
    faults.unique(((choice.id, f"{path}[{index}].id") for index, choice in enumerate(one.values)), _SNAKE, "choice")
    labels: dict[str, str] = {}
    for index, choice in enumerate(one.values):
        for label in (choice.zh, choice.en):
            other = labels.setdefault(label.casefold(), choice.id)
            if other != choice.id:
                faults.add("PR404", f"`{choice.id}` and `{other}` share the label `{label}`", f"{path}[{index}]")


# Documents


def load_document(source: SourceFile) -> Document:
    """A document with all its clauses.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file = _structured(source, ClausesFile)
    faults = Faults(source.name)
    faults.unique(((row.id, f"$.clauses[{index}].id") for index, row in enumerate(file.clauses)), _KEBAB, "clause")
    for index, row in enumerate(file.clauses):
        if (row.reason is not None) is not (row.disposition == "not-evaluable"):
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
    plugin_version: str = "",
) -> Standard:
    """A standard from its file.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file = _structured(source, StandardFile)
    return _Builder(source, file, plugin, schema, documents, hashes, plugin_version).build({})


class _Builder:
    """Checks one structured file; kept by the standard, to check it again with other parameters."""

    def __init__(
        self,
        source: SourceFile,
        file: StandardFile,
        plugin: str,
        schema: Schema,
        documents: Mapping[str, Document],
        hashes: Mapping[str, str],
        plugin_version: str,
    ) -> None:
        self.plugin_version = plugin_version
        self.source, self.file, self.plugin, self.schema = source, file, plugin, schema
        self.documents = documents
        self.hashes = MappingProxyType({**hashes, source.name: source.digest})

    def build(self, overrides: Mapping[str, Any]) -> Standard:
        file, header = self.file, self.file.standard
        self.faults = faults = Faults(self.source.name)
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
            rebuild=self.build,
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
            case {"from": date() as first, "to": date() as last, **rest} if not rest and first <= last:
                return PeriodRule("printed", printed=Period(first, last))
            case {"months": int() as months, "start": str() as start, **rest} if (
                not rest and months > 0 and (found := re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", start))
            ):
                return PeriodRule("recurring", months=months, start=(int(found[1]), int(found[2])))
            case _:
                hint = '"calendar-year", "calendar-month", "as-of", {months, start = "12-01"} or {from, to}'
                self.faults.add("PR403", f"this is no period (got {given!r})", "$.standard.period", hint)
                return PeriodRule("calendar-year")

    def check_ids(self) -> None:
        file, faults = self.file, self.faults
        faults.unique(((name, f"$.parameters.{name}") for name in file.parameters), _SNAKE, "parameter")
        for section, rows in (
            ("criterion", file.criteria),
            ("block", file.blocks),
            ("verdict", file.verdict),
            ("note", file.notes),
        ):
            key = "criteria" if section == "criterion" else "verdict" if section == "verdict" else f"{section}s"
            named = ((row.id, f"$.{key}[{index}].id") for index, row in enumerate(rows))
            faults.unique(named, _KEBAB, section)
        taken = {self.file.standard.subject, *self.schema.relations, "period", "months", "as_of", "criteria", "blocks"}
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
                raise UnknownNameError(message + did_you_mean(name, self.file.parameters))
        return {
            name: self.parameter(name, row, overrides[name] if name in overrides else row.value, name in overrides)
            for name, row in self.file.parameters.items()
        }

    def parameter(self, name: str, row: ParameterRow, value: Any, overridden: bool) -> Parameter:  # noqa: ANN401, FBT001 - a value of any type
        path = f"$.parameters.{name}"
        value = frozenset(value) if isinstance(value, set | list | tuple) else value
        datatype = _DATATYPES.get(type(value))
        expected = _DATATYPES[type(row.value)]
        if datatype is None or datatype.kind is not expected.kind:
            self.faults.add("PR403", f"`{name}` must be {expected} (got {value!r})", f"{path}.value")
            value, datatype = row.value, expected
        return Parameter(
            id=name,
            value=value,
            datatype=datatype,
            cites=self.cite(row.cites, path),
            unit=row.unit,
            title=row.title,
            reading=row.reading,
            note=row.note,
            overridden=overridden and value != row.value,
        )

    def expression(self, text: str | None, scope: Scope, path: str, cites: Sequence[Citation] = ()) -> TypedExpr | None:
        if text is None:
            return None
        try:
            return check(text, scope, TRUTH)
        except RuleFileError as error:
            self.faults.take(error, path, "; ".join(map(str, cites)))
            return None

    def criterion(self, row: CriterionRow, index: int, scope: Scope) -> Criterion:
        path = f"$.criteria[{index}]"
        cites = self.cite(row.cites, path)
        if (row.require is None) is (row.judge is None):
            hint = "`require` is a condition, `judge` a list of what a person may find"
            self.faults.add("PR402", "a criterion has exactly one of `require` and `judge`", path, hint)
        judge = row.judge or ()
        if row.judge is not None:
            self.check_judge(row, path)
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

    def check_judge(self, row: CriterionRow, path: str) -> None:
        choices = row.judge or ()
        named = ((choice.id, f"{path}.judge[{at}].id") for at, choice in enumerate(choices))
        self.faults.unique(named, _KEBAB, "row")
        if len({choice.fails for choice in choices}) < 2:  # noqa: PLR2004 - both ways
            self.faults.add("PR406", "a judgement must be able to pass and to fail", f"{path}.judge", "`fails = true`")

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
            if at in chain:
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
                self.faults.add("PR406", message, f"$.verdict[{index}]", hint)
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


#: What makes a standard again with other parameters.
Rebuild = Callable[[Mapping[str, ConstantValue]], Standard]
