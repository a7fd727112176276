# SPDX-License-Identifier: MIT
"""The commands `new` and `schema`: a plugin to begin with, and the JSON Schemas of rule files."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from platformrules.cli import words
from platformrules.cli.arguments import KINDS
from platformrules.cli.console import Console
from platformrules.cli.exits import CommandError, ExitCode
from platformrules.cli.spelling import suggestion
from platformrules.plugins import installed
from platformrules.release import library_version

# What the name of a plugin may be: it stands in a module, a distribution and the ids of facts.
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", re.ASCII)
_LONGEST = 40
_SHOWN = 3
_SUFFIX = ".template"


def schema(arguments: Namespace, console: Console) -> ExitCode:
    """Print the JSON Schema of a kind of rule file."""
    if arguments.kind not in KINDS:
        hint = suggestion(arguments.kind, KINDS, console.language)
        raise CommandError(console.words(words.NO_KIND, name=arguments.kind, known=" ".join(KINDS), hint=hint))
    console.json_text([_schema(arguments.kind)])
    return ExitCode.CONFORMS


def new(arguments: Namespace, console: Console) -> ExitCode:
    """Make a folder a plugin that installs, loads and passes its tests, to be filled with rules."""
    name = arguments.name
    _check_name(name, console)
    package = f"platformrules_{name}"
    distribution = package.replace("_", "-")
    folder = Path(arguments.directory or distribution)
    values = {
        "name": name,
        "slug": name.replace("_", "-"),
        "package": package,
        "distribution": distribution,
        "release": ".".join(library_version().split(".")[:2]),
    }
    made = {
        path.replace("src/package", f"src/{package}"): Template(text).substitute(values)
        for path, text in _templates(files(__package__).joinpath("templates"), "")
    }
    # A template named with a leading point would be left out where such files are.
    made[".taplo.toml"] = made.pop("taplo.toml")
    made |= {f"schemas/{kind}.schema.json": _schema(kind) for kind in KINDS}
    _write(folder, made, console)
    console.say(words.MADE_PLUGIN, name=name, folder=folder)
    for path in made:
        if not path.startswith("schemas/"):
            console.line(f"  {path}")
    console.say(words.NEXT_STEPS, folder=folder, name=name)
    return ExitCode.CONFORMS


def _check_name(name: str, console: Console) -> None:
    """See that a plugin can be called so.

    Raises:
        CommandError: it cannot, or one that is installed is.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        better = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_0123456789")
        fits = better != name and _NAME.fullmatch(better) and len(better) <= _LONGEST
        hint = words.DID_YOU_MEAN[console.language].format(word=better) if fits else ""
        raise CommandError(console.words(words.BAD_PLUGIN_NAME, name=name, longest=_LONGEST, hint=hint))
    sources, broken = installed()
    for known, version in [(one.plugin, one.version) for one in sources] + [(one.name, one.version) for one in broken]:
        if known == name:
            raise CommandError(console.words(words.PLUGIN_IS_THERE, name=name, version=version or "?"))


def _schema(kind: str) -> str:
    return files(__package__).joinpath("schemas", f"{kind}.schema.json").read_text("utf-8")


def _templates(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    """Every file to make, by its path, in the order of their names."""
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir():
            yield from _templates(one, f"{above}{one.name}/")
        elif one.name.endswith(_SUFFIX):
            yield above + one.name.removesuffix(_SUFFIX), one.read_text("utf-8")


def _write(folder: Path, made: Mapping[str, str], console: Console) -> None:
    """Write files into a folder in which none of them is yet, nor any other plugin.

    Raises:
        CommandError: one is there; nothing was written.
    """
    there = [path for path in made if folder.joinpath(path).exists()]
    there += [one.relative_to(folder).as_posix() for one in sorted(folder.glob("src/platformrules_*"))]
    if there or (folder.exists() and not folder.is_dir()):
        more = " …" if len(there) > _SHOWN else ""
        found = " ".join(there[:_SHOWN]) + more or str(folder)
        raise CommandError(console.words(words.FOLDER_IS_TAKEN, folder=folder, found=found))
    for path, text in made.items():
        place = folder.joinpath(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
