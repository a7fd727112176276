# SPDX-License-Identifier: MIT
"""All rules that are at hand: the standards, documents and facts of several plugins. Knows no plugin machinery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from types import MappingProxyType

from attrs import evolve, field, frozen

from platformrules.citations import Document
from platformrules.criteria.checker import Referred
from platformrules.diagnostics import Diagnostic, did_you_mean
from platformrules.errors import RuleFileError, UnknownNameError
from platformrules.models import CORE
from platformrules.procedures.loader import NO_STANDARDS, load_procedure
from platformrules.procedures.model import Procedure
from platformrules.schema import Schema
from platformrules.standards.coverage import undisposed
from platformrules.standards.documents import load_document
from platformrules.standards.facts import load_facts
from platformrules.standards.forms import Form, load_form
from platformrules.standards.loader import load_standard, needs_of
from platformrules.standards.model import Standard
from platformrules.standards.referring import READS, referable
from platformrules.standards.sources import SourceFile


@frozen
class RuleSource:
    """Where the rule files of a plugin are: a folder, installed or not."""

    plugin: str
    root: Traversable
    version: str = ""
    folder: str = ""


@frozen
class PluginInfo:
    """A plugin as it was found: what it brings, or why it cannot be used.

    Attributes:
        name: its name, with which its ids begin.
        version: that of its distribution; empty for a bare folder.
        standards: the references of its standards.
        documents: the ids of its documents.
        forms: the references of its forms.
        procedures: the references of its procedures.
        error: why none of it is used; empty if all is well.
    """

    name: str
    version: str
    standards: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    error: str = ""
    forms: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()


@frozen(eq=False)
class Rulebook:
    """The standards and documents of all plugins, by id.

    Attributes:
        standards: every version of every standard, by reference, sorted.
        documents: by id, sorted.
        schema: the core's facts and those of all plugins.
        plugins: every plugin that was found, sorted by name, broken ones too.
        faults: the diagnostics of broken plugins.
        warnings: what is wrong with a plugin that can be used all the same.
        forms: every version of every official ledger form, by reference, sorted.
        procedures: every version of every procedure, by reference, sorted.
    """

    standards: Mapping[str, Standard]
    documents: Mapping[str, Document]
    schema: Schema
    plugins: tuple[PluginInfo, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = field(default=())
    forms: Mapping[str, Form] = field(factory=dict)
    procedures: Mapping[str, Procedure] = field(factory=dict)

    def procedure(self, reference: str) -> Procedure:
        """The newest version of a procedure, or the one pinned by ``@version``; never by the clock.

        Raises:
            UnknownNameError: there is none.
        """
        name, _, version = reference.partition("@")
        found = [one for one in self.procedures.values() if one.id == name and version in {"", one.version}]
        if not found:
            raise UnknownNameError(self._unknown(reference, "procedure", self.procedures.values()))
        return max(found, key=lambda one: (one.in_force.from_, one.version))

    def __getitem__(self, reference: str) -> Standard:
        """The newest version of a standard, or the one pinned by ``@version``; never by the clock.

        Raises:
            UnknownNameError: there is none.
        """
        name, _, version = reference.partition("@")
        found = [one for one in self.standards.values() if one.id == name and version in {"", one.version}]
        if not found:
            raise UnknownNameError(self._unknown(reference, "standard", self))
        return max(found, key=lambda one: (one.in_force.from_, one.version))

    def get(self, reference: str, on: date) -> Standard:
        """The version of a standard that is in force on a day.

        Raises:
            UnknownNameError: there is no such standard, or no version of it is in force on that day.
        """
        name, _, version = reference.partition("@")
        versions = [one for one in self.standards.values() if one.id == name and version in {"", one.version}]
        if not versions:
            raise UnknownNameError(self._unknown(reference, "standard", self))
        found = [one for one in versions if one.is_in_force(on)]
        if not found:
            times = "; ".join(f"{one.reference} {one.times}" for one in versions)
            message = f"no version of {name} is in force on {on}: {times}"
            raise UnknownNameError(message)
        return max(found, key=lambda one: (one.in_force.from_, one.version))

    def form(self, reference: str) -> Form:
        """The newest version of a form, or the one pinned by ``@version``; newest by the day whose state it shows.

        Raises:
            UnknownNameError: there is none.
        """
        name, _, version = reference.partition("@")
        found = [one for one in self.forms.values() if one.id == name and version in {"", one.version}]
        if not found:
            known = {one.id for one in self.forms.values()} | set(self.forms)
            hint = did_you_mean(reference, known) or "forms stand in `ledgers/` of a plugin"
            message = f"there is no form `{reference}`; {hint}"
            raise UnknownNameError(message)
        return max(found, key=lambda one: (one.state.on, one.version))

    def __iter__(self) -> Iterator[Standard]:
        """Go through all standards, sorted by reference."""
        return iter(self.standards.values())

    def __contains__(self, reference: object) -> bool:
        """Whether there is such a standard."""
        return any(reference in {one.id, one.reference} for one in self.standards.values())

    def _unknown(self, reference: str, what: str, there: Iterable[Standard | Procedure]) -> str:
        name = reference.partition("/")[0]
        for plugin in self.plugins:
            if plugin.name == name and plugin.error:
                return f"`{reference}` cannot be used: the plugin `{name}` is broken: {plugin.error}"
        known = sorted({name for one in there for name in (one.id, one.reference)})
        hint = did_you_mean(reference, known) or "list them with `platformrules standards`"
        return f"there is no {what} `{reference}`; {hint}"


def load_rulebook(sources: Iterable[RuleSource], broken: Iterable[PluginInfo] = ()) -> Rulebook:
    """Load the rule files of several plugins; one that is wrong is listed and left out, the others work."""
    ordered = sorted(sources, key=lambda source: source.plugin)
    infos = {info.name: info for info in broken}
    faults = [Diagnostic("PR601", info.error, info.name) for info in sorted(infos.values(), key=lambda one: one.name)]
    warnings: list[Diagnostic] = []
    schema, standing = _load_all_facts(ordered, infos, faults)
    standards: dict[str, Standard] = {}
    documents: dict[str, Document] = {}
    forms: dict[str, Form] = {}
    procedures: dict[str, Procedure] = {}
    rooms: list[_Rules] = []
    for source, facts in standing:
        rules = _Rules(source, schema, dict(facts))
        try:
            rules.load()
            owners = {document: name for name, info in infos.items() for document in info.documents}
            _refuse_duplicates(source, rules.documents, rules.standards.values(), owners, standards)
        except RuleFileError as error:
            faults += error.diagnostics
            infos[source.plugin] = PluginInfo(source.plugin, source.version, error=_first_line(error))
            continue
        rooms.append(rules)
        documents |= rules.documents
        standards |= rules.standards
        infos[source.plugin] = PluginInfo(source.plugin, source.version, documents=tuple(sorted(rules.documents)))
    _load_composed(rooms, standards)
    for rules in rooms:
        rules.load_reading(standards)
    for rules in (one for one in rooms if one.faults):
        standards = {name: one for name, one in standards.items() if one.plugin != rules.source.plugin}
        faults += rules.faults
        why = _first_line(RuleFileError(rules.faults))
        infos[rules.source.plugin] = PluginInfo(rules.source.plugin, rules.source.version, error=why)
        documents = {name: one for name, one in documents.items() if name not in rules.documents}
    for rules in (one for one in rooms if not one.faults):
        source = rules.source
        warnings += rules.warnings()
        forms |= rules.forms
        procedures |= rules.procedures
        infos[source.plugin] = evolve(
            infos[source.plugin],
            standards=tuple(sorted(rules.standards)),
            forms=tuple(sorted(rules.forms)),
            procedures=tuple(sorted(rules.procedures)),
        )
    return Rulebook(
        standards=MappingProxyType(dict(sorted(standards.items()))),
        documents=MappingProxyType(dict(sorted(documents.items()))),
        schema=schema,
        plugins=tuple(infos[name] for name in sorted(infos)),
        faults=tuple(faults),
        warnings=tuple(warnings),
        forms=MappingProxyType(dict(sorted(forms.items()))),
        procedures=MappingProxyType(dict(sorted(procedures.items()))),
    )


def _load_composed(rooms: Sequence[_Rules], standards: dict[str, Standard]) -> None:
    """Load the standards that need others, each after those that it needs.

    The standards of a plugin with a fault are taken out, so that others that need them say so.
    """
    while any(one.composed for one in rooms):
        pending = [waiting.name for one in rooms for waiting in one.composed]
        ready = [one.ready(pending) for one in rooms]
        if not any(ready):
            _refuse_circles(rooms)
        for one, files in zip(rooms, ready, strict=True):
            for file in files:
                one.add(file, {**standards, **one.standards})
        for one in rooms:
            standards |= one.standards
        for name in [name for one in rooms if one.faults for name in one.standards]:
            del standards[name]


def _refuse_circles(rooms: Iterable[_Rules]) -> None:
    """Note at every file that waits for others in vain the circle that it waits for."""
    waiting = [one for rules in rooms for one in rules.composed]
    first = {one.name: next(other.name for other in waiting if one.needs_one_of([other.name])) for one in waiting}
    for rules in rooms:
        for one in rules.composed:
            path = [one.name]
            while path[-1] not in path[:-1]:
                path.append(first[path[-1]])
            circle = " -> ".join(path[path.index(path[-1]) :])
            message = f"standards include, extend or read the verdict of one another in a circle: {circle}"
            rules.faults.append(Diagnostic("PR307", message, one.file.name, "$.standard"))
        rules.composed = []


def _first_line(error: RuleFileError) -> str:
    first = error.diagnostics[0]
    more = f" (and {len(error.diagnostics) - 1} more)" if len(error.diagnostics) > 1 else ""
    return f"{first.file}: {first.message}{more}"


def _load_all_facts(
    sources: list[RuleSource], infos: dict[str, PluginInfo], faults: list[Diagnostic]
) -> tuple[Schema, list[tuple[RuleSource, dict[str, str]]]]:
    """Facts come first, of all plugins: a plugin may read another's."""
    schema = CORE
    standing = []
    for source in sources:
        file = source.root.joinpath("facts.toml")
        try:
            hashes = {}
            if file.is_file():
                text = SourceFile.read(file, _name(source, "facts.toml"))
                schema = load_facts(text, source.plugin, schema)
                hashes[text.name] = text.digest
            standing.append((source, hashes))
        except RuleFileError as error:
            faults += error.diagnostics
            infos[source.plugin] = PluginInfo(source.plugin, source.version, error=_first_line(error))
    return schema, standing


class _Rules:
    """The documents and standards of one plugin while they are loaded."""

    def __init__(self, source: RuleSource, schema: Schema, hashes: dict[str, str]) -> None:
        """Start with the facts that are loaded already."""
        self.source, self.schema, self.hashes = source, schema, hashes
        self.documents: dict[str, Document] = {}
        self.standards: dict[str, Standard] = {}
        self.forms: dict[str, Form] = {}
        self.procedures: dict[str, Procedure] = {}
        self.files: dict[str, str] = {}
        #: The procedures that may read verdicts.
        self.reading: list[SourceFile] = []
        #: The standards that need others, as far as they are not loaded.
        self.composed: list[_Waiting] = []
        self.faults: list[Diagnostic] = []

    def load(self) -> None:
        """Load documents, the standards that stand alone, and forms.

        Raises:
            RuleFileError: with all faults of all these files.
        """
        for file in _files(self.source, "clauses", self.faults):
            try:
                document = load_document(file)
                if document.id in self.documents:
                    message = f"the document `{document.id}` stands in {self.files[document.id]} too"
                    self.faults.append(Diagnostic("PR404", message, file.name, "$.document.id"))
                self.documents[document.id] = document
                self.hashes[file.name] = file.digest
                self.files[document.id] = file.name
            except RuleFileError as error:
                self.faults += error.diagnostics
        for file in _files(self.source, "standards", self.faults):
            name, needs = needs_of(file)
            if needs:
                self.composed.append(_Waiting(name, needs, file))
            else:
                self.add(file, {})
        for file in _files(self.source, "ledgers", self.faults):
            try:
                taken = {reference: one.file for reference, one in self.forms.items()}
                form = load_form(file, self.source.plugin, self.schema, self.documents, taken)
                self.forms[form.reference] = form
            except RuleFileError as error:
                self.faults += error.diagnostics
        for file in _files(self.source, "procedures", self.faults):
            if READS.search(file.text):
                self.reading.append(file)
            else:
                self.add_procedure(file, NO_STANDARDS)
        self.stop()

    def load_reading(self, known: Mapping[str, Standard]) -> None:
        """Load the procedures that may read the verdicts of standards, all of which are there now."""
        named = referable(known) if self.reading else NO_STANDARDS
        for file in self.reading:
            self.add_procedure(file, named)

    def add_procedure(self, file: SourceFile, standards: Mapping[str, Referred]) -> None:
        version = self.source.version
        try:
            procedure = load_procedure(
                file,
                self.source.plugin,
                self.schema,
                self.documents,
                self.hashes,
                plugin_version=version,
                standards=standards,
            )
        except RuleFileError as error:
            self.faults += error.diagnostics
            return
        files = {name: one.file for name, one in self.standards.items()}
        files |= {name: one.file for name, one in self.procedures.items()}
        if procedure.reference in files:
            message = f"`{procedure.reference}` stands in {files[procedure.reference]} too"
            self.faults.append(Diagnostic("PR404", message, file.name, "$.procedure.id"))
        self.procedures[procedure.reference] = procedure

    def ready(self, pending: Iterable[str]) -> list[SourceFile]:
        """Take out the files that need none of the standards that are still to be loaded."""
        found = [one.file for one in self.composed if not one.needs_one_of(pending)]
        self.composed = [one for one in self.composed if one.needs_one_of(pending)]
        return found

    def add(self, file: SourceFile, known: Mapping[str, Standard]) -> None:
        try:
            standard = load_standard(
                file,
                self.source.plugin,
                self.schema,
                self.documents,
                self.hashes,
                plugin_version=self.source.version,
                known=known,
            )
        except RuleFileError as error:
            self.faults += error.diagnostics
            return
        if standard.reference in self.standards:
            other = self.standards[standard.reference].file
            message = f"`{standard.reference}` stands in {other} too"
            self.faults.append(Diagnostic("PR404", message, file.name, "$.standard.id"))
        self.standards[standard.reference] = standard

    def stop(self) -> None:
        if self.faults:
            raise RuleFileError(self.faults)

    def warnings(self) -> list[Diagnostic]:
        """What is wrong with the clauses of documents that can be used all the same."""
        return [
            fault
            for name, one in self.documents.items()
            for fault in undisposed(
                one, self.standards.values(), self.files[name], self.forms.values(), self.procedures.values()
            )
        ]


@frozen
class _Waiting:
    """The file of a standard, which it names with its version, that needs others."""

    name: str
    needs: tuple[str, ...]
    file: SourceFile

    def needs_one_of(self, standards: Iterable[str]) -> bool:
        return any(one in self.needs or one.partition("@")[0] in self.needs for one in standards)


def _files(source: RuleSource, folder: str, faults: list[Diagnostic]) -> Iterator[SourceFile]:
    root = source.root.joinpath(folder)
    if not root.is_dir():
        return
    for path in sorted(root.iterdir(), key=lambda one: one.name):
        if path.name.endswith(".toml"):
            try:
                yield SourceFile.read(path, _name(source, f"{folder}/{path.name}"))
            except RuleFileError as error:
                faults += error.diagnostics


def _name(source: RuleSource, path: str) -> str:
    return f"{source.folder or 'platformrules_' + source.plugin}/{path}"


def _refuse_duplicates(
    source: RuleSource,
    documents: Mapping[str, Document],
    found: Iterable[Standard],
    owners: Mapping[str, str],
    known: Mapping[str, Standard],
) -> None:
    doubles = [
        Diagnostic(
            "PR602", f"the document `{name}` is declared by the plugin `{owners[name]}` too", _name(source, "clauses")
        )
        for name in documents
        if name in owners
    ]
    doubles += [
        Diagnostic("PR602", f"`{one.reference}` is declared by {known[one.reference].file} too", one.file)
        for one in found
        if one.reference in known
    ]
    if doubles:
        raise RuleFileError(doubles)
