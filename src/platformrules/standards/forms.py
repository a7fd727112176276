# SPDX-License-Identifier: MIT
"""Official ledger forms: which columns a ledger has in print, in what words, and which clauses say so.

A form is data of a plugin (``ledgers/*.toml``). It records and never judges. Knows no file format of ledgers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from platformrules.citations import Citation, Document, InForce
from platformrules.diagnostics import did_you_mean
from platformrules.languages import Bilingual
from platformrules.schema import Choice, Fact, FactType, Schema
from platformrules.standards.form_files import ColumnRow, LedgerFile
from platformrules.standards.loader import SUBJECTS
from platformrules.standards.model import PeriodRule, Standard
from platformrules.standards.sources import KEBAB, RULE_ID, Faults, SourceFile, structured

#: What stands in the text of the state for its day.
DAY = "{date}"
# Stands for a fact that does not exist: that is told, and nothing else is said of its column.
_UNKNOWN = Fact("", "", FactType.TEXT, Bilingual("", ""))
_NOBODY = Document("", "", None, Bilingual("", ""), Bilingual("", ""), Bilingual("", ""), {})


@frozen
class FormState:
    """The day whose state the ledger shows, and how the line below the title says it; ``{date}`` is the day."""

    on: date
    text: Bilingual
    cites: tuple[Citation, ...]


@frozen
class FormDue:
    """By which day the ledger is due, that day included, and to whom; told, not printed on the form."""

    on: date
    to: Bilingual
    cites: tuple[Citation, ...]


@frozen
class FormHead:
    """A line between title and table: one value of a fact for all rows of a sheet."""

    id: str
    text: Bilingual
    fact: Fact
    aliases: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()


@frozen
class FormColumn:
    """A column of the table.

    Attributes:
        id: unique in its form.
        heading: its words in print.
        fact: what it records; ``None`` for the running number of the rows.
        required: a row without it is no row of the ledger.
        aliases: other words for the heading.
        written: the words for yes and no; ``None`` where the usual ones are taken.
        ticks: the marks of a choice, the first of which is written; with them the column is spread over its choices.
        choices: the choices over which it is spread, in their order in print.
        cites: the clauses that say so, where the column has its own.
    """

    id: str
    heading: Bilingual
    fact: Fact | None = None
    required: bool = False
    aliases: tuple[str, ...] = ()
    written: Mapping[bool, Bilingual] | None = None
    ticks: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    cites: tuple[Citation, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every text by which it is found, in both languages; of a spread column those of its choices are others."""
        return (self.heading.zh, self.heading.en, *self.aliases)


@frozen
class FormNote:
    """A remark below the table."""

    id: str
    text: Bilingual
    cites: tuple[Citation, ...]


@frozen(eq=False)
class Form:
    """A ledger in its official layout, one row a subject; equality is identity."""

    id: str
    version: str
    document: Document
    subject: str
    title: Bilingual
    sheet: Bilingual
    state: FormState
    due: FormDue | None
    head: tuple[FormHead, ...]
    columns: tuple[FormColumn, ...]
    notes: tuple[FormNote, ...]
    cites: tuple[Citation, ...]
    schema: Schema = field(repr=False)
    plugin: str
    file: str
    digest: str

    @property
    def reference(self) -> str:
        """``plugin/form@version``."""
        return f"{self.id}@{self.version}"

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the form and of its parts."""
        due = () if self.due is None else self.due.cites
        parts: tuple[FormHead | FormColumn | FormNote, ...] = (*self.head, *self.columns, *self.notes)
        return (*self.cites, *self.state.cites, *due, *(cite for one in parts for cite in one.cites))


def recording(form: Form) -> Standard:
    """A standard that asks for nothing: to read ledgers from which a form is filled in."""
    return Standard(
        id=form.id,
        version=form.version,
        subject=form.subject,
        title=form.title,
        document=form.document,
        in_force=InForce(form.state.on),
        period=PeriodRule("as-of"),
        parameters={},
        blocks=(),
        criteria=(),
        values=(),
        includes=(),
        verdicts=(),
        notes=(),
        schema=form.schema,
        plugin=form.plugin,
        plugin_version="",
        file=form.file,
        hashes={form.file: form.digest},
        rebuild=lambda _: recording(form),
    )


def load_form(
    source: SourceFile, plugin: str, schema: Schema, documents: Mapping[str, Document], taken: Mapping[str, str]
) -> Form:
    """A form from its file; ``taken`` has the references of other forms of the plugin, each with its file.

    Raises:
        RuleFileError: with all faults of the file.
    """
    file, faults = structured(source, LedgerFile)
    return _Builder(source, file, plugin, schema, documents, faults).build(taken)


@frozen
class _Builder:
    """Checks one structured file."""

    source: SourceFile
    file: LedgerFile
    plugin: str
    schema: Schema
    documents: Mapping[str, Document]
    faults: Faults

    def build(self, taken: Mapping[str, str]) -> Form:
        file, header = self.file, self.file.ledger
        self.check_header(taken)
        self.check_ids()
        form = Form(
            id=header.id,
            version=header.version,
            document=self.document,
            subject=header.subject,
            title=header.title,
            sheet=header.sheet,
            state=FormState(header.state.on, header.state.text, self.cite(header.state.cites, "$.ledger.state")),
            due=None
            if header.due is None
            else FormDue(header.due.on, header.due.to, self.cite(header.due.cites, "$.ledger.due")),
            head=tuple(
                FormHead(
                    row.id,
                    row.text,
                    self.fact(row.fact, f"$.head[{at}]"),
                    row.aliases,
                    self.cite(row.cites, f"$.head[{at}]"),
                )
                for at, row in enumerate(file.head)
            ),
            columns=tuple(self.column(row, f"$.columns[{at}]") for at, row in enumerate(file.columns)),
            notes=tuple(
                FormNote(row.id, row.text, self.cite(row.cites, f"$.notes[{at}]")) for at, row in enumerate(file.notes)
            ),
            cites=self.cite(header.cites, "$.ledger"),
            schema=self.schema,
            plugin=self.plugin,
            file=self.source.name,
            digest=self.source.digest,
        )
        self.check_heads(form)
        self.check_columns(form)
        self.check_headings(form)
        self.faults.stop()
        return form

    @property
    def document(self) -> Document:
        return self.documents.get(self.file.ledger.document, _NOBODY)

    def check_header(self, taken: Mapping[str, str]) -> None:
        header, faults = self.file.ledger, self.faults
        if not RULE_ID.fullmatch(header.id) or not header.id.startswith(f"{self.plugin}/"):
            hint = f"`{self.plugin}/` and a name in lower case"
            faults.add("PR404", f"`{header.id}` is no id of this plugin's form", "$.ledger.id", hint)
        if not KEBAB.fullmatch(header.version):
            faults.add("PR404", f"`{header.version}` is no version", "$.ledger.version", "the year, as a rule")
        reference = f"{header.id}@{header.version}"
        if reference in taken:
            faults.add("PR404", f"`{reference}` stands in {taken[reference]} too", "$.ledger.id")
        if header.subject not in SUBJECTS:
            hint = "one of " + ", ".join(SUBJECTS)
            faults.add("PR403", f"`{header.subject}` is no subject", "$.ledger.subject", hint)
        if header.document not in self.documents:
            hint = did_you_mean(header.document, self.documents)
            faults.add("PR405", f"there is no document `{header.document}`", "$.ledger.document", hint)
        for language in ("zh", "en"):
            if DAY not in header.state.text[language]:
                message = f"the text of the state lacks `{DAY}`"
                faults.add("PR403", message, f"$.ledger.state.text.{language}", "the day stands in its place")

    def check_ids(self) -> None:
        for what, key, ids in (
            ("line", "head", [row.id for row in self.file.head]),
            ("column", "columns", [row.id for row in self.file.columns]),
            ("note", "notes", [row.id for row in self.file.notes]),
        ):
            self.faults.unique(((one, f"$.{key}[{at}].id") for at, one in enumerate(ids)), KEBAB, what)

    def cite(self, clauses: Sequence[str] | None, path: str) -> tuple[Citation, ...]:
        """The clauses cited; a line or column without `cites` rests on those of the form."""
        known = self.document.clauses
        if clauses is not None and not clauses:
            self.faults.add("PR408", "it must cite a clause", f"{path}.cites")
        for at, clause in enumerate(clauses or ()):
            if clause not in known and self.document.id:
                message = f"`{self.document.id}` has no clause `{clause}`"
                self.faults.add("PR405", message, f"{path}.cites[{at}]", did_you_mean(clause, known))
        return tuple(self.document.cite(clause) for clause in clauses or () if clause in known)

    def fact(self, name: str, path: str) -> Fact:
        """The fact of that name; another in its place if there is none, so that the rest is checked."""
        subject = self.file.ledger.subject
        model, _, fact = name.partition(".")
        known = self.schema.facts.get(subject, {})
        if model == subject and fact in known:
            return known[fact]
        if subject in SUBJECTS:
            hint = did_you_mean(name, [f"{subject}.{one}" for one in known]) or f"name it `{subject}.fact`"
            self.faults.add("PR405", f"there is no fact `{name}` of a {subject}", f"{path}.fact", hint)
        return _UNKNOWN

    def column(self, row: ColumnRow, path: str) -> FormColumn:
        if row.number is (row.fact is not None):
            hint = "`number = true` is the running number, `fact` what is recorded"
            message = "a column has exactly one of `number` and `fact`"
            self.faults.add("PR402", message, path, hint, keys=("number", "fact"))
        fact = None if row.fact is None else self.fact(row.fact, path)
        return FormColumn(
            id=row.id,
            heading=row.heading,
            fact=fact,
            required=row.required,
            aliases=row.aliases,
            written=None if row.written is None else {True: row.written.yes, False: row.written.no},
            ticks=row.ticks,
            choices=() if fact is None or fact is _UNKNOWN else self.choices(row, fact, path),
            cites=self.cite(row.cites, path),
        )

    def choices(self, row: ColumnRow, fact: Fact, path: str) -> tuple[Choice, ...]:
        """The choices over which a column is spread: all of its fact, each once."""
        if bool(row.ticks) is not bool(row.choices):
            message = "a column that is ticked has both `ticks` and `choices`"
            self.faults.add("PR402", message, path, "the marks, and the choices in order", keys=("ticks", "choices"))
            return ()
        if row.ticks and (fact.type is not FactType.CHOICE or fact.open):
            what = "an open choice" if fact.open else f"a {fact.type}"
            message = f"`{row.fact}` is {what}, which has no tick of its own for each value"
            self.faults.add("PR403", message, f"{path}.ticks", "`ticks` are for a choice that is not open")
            return ()
        known = {one.id: one for one in fact.values}
        for at, name in enumerate(row.choices):
            if name not in known:
                message = f"`{name}` is no choice of `{row.fact}`"
                self.faults.add("PR405", message, f"{path}.choices[{at}]", did_you_mean(name, known))
            elif name in row.choices[:at]:
                self.faults.add("PR404", f"the choice `{name}` stands twice", f"{path}.choices[{at}]")
        left = [f"`{name}`" for name in known if name not in row.choices]
        if row.choices and left:
            message = f"`choices` leaves out {', '.join(left)}"
            self.faults.add("PR406", message, f"{path}.choices", "each choice of the fact needs its column")
        return tuple(known[name] for name in row.choices if name in known)

    def check_heads(self, form: Form) -> None:
        for at, one in enumerate(form.head):
            if one.fact.type is not FactType.TEXT:
                message = f"`{self.file.head[at].fact}` is a {one.fact.type}, not a text"
                self.faults.add("PR403", message, f"$.head[{at}].fact", "a line above the table holds a text")

    def check_columns(self, form: Form) -> None:
        owners: dict[str, str] = {one.fact.id: one.id for one in form.head if one.fact is not _UNKNOWN}
        for at, one in enumerate(form.columns):
            path = f"$.columns[{at}]"
            if one.fact is _UNKNOWN:
                continue
            if one.written is not None and (one.fact is None or one.fact.type is not FactType.BOOLEAN):
                hint = "`written` has the words for yes and no"
                self.faults.add("PR403", "only a column of a boolean is `written` so", f"{path}.written", hint)
            if one.required and (one.fact is None or one.fact.type is not FactType.TEXT):
                message = "what makes a row is a text, such as the name"
                self.faults.add("PR403", message, f"{path}.required")
            if one.fact is not None:
                other = owners.setdefault(one.fact.id, one.id)
                if other != one.id:
                    message = f"`{one.id}` and `{other}` record the same fact"
                    self.faults.add("PR404", message, f"{path}.fact")
        if sum(one.required for one in form.columns) != 1:
            message = "exactly one column is `required`: a row without it is none"
            self.faults.add("PR406", message, "$.columns", "the name, as a rule", keys=("required",))

    def check_headings(self, form: Form) -> None:
        """No text heads two columns: they are found by it."""
        owners: dict[str, str] = {}
        for text, name, path in self._headings(form):
            other = owners.setdefault("".join(text.casefold().split()), name)
            if other != name:
                message = f"`{name}` and `{other}` share the heading `{text}`"
                self.faults.add("PR404", message, path, "columns are found by their headings")

    def _headings(self, form: Form) -> Iterator[tuple[str, str, str]]:
        for at, one in enumerate(form.columns):
            yield one.heading.zh, one.id, f"$.columns[{at}].heading.zh"
            yield one.heading.en, one.id, f"$.columns[{at}].heading.en"
            yield from ((text, one.id, f"$.columns[{at}].aliases[{i}]") for i, text in enumerate(one.aliases))
            for i, choice in enumerate(one.choices):
                for text in (choice.zh, choice.en):
                    yield text, f"{one.id}.{choice.id}", f"$.columns[{at}].choices[{i}]"
