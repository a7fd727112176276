# SPDX-License-Identifier: MIT
"""Look into the wheels: whatever lies in a distribution's package must be in its wheel.

hatchling leaves out what .gitignore names, and a rule file that is not shipped is missed only by users.
"""

import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

KINDS = {".toml", ".json", ".jinja", ".html", ".css", ".js", ".xlsx"}


def missing_from_wheel(project: Path, wheels: Path) -> list[str]:
    """The files of `project`'s package that its wheel lacks."""
    name = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["name"].replace("-", "_")
    (wheel,) = wheels.glob(f"{name}-[0-9]*.whl")
    package = project / "src" / name
    wanted = {
        path.relative_to(package.parent).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {f"{name}/py.typed"}
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())
    data = sum(Path(path).suffix in KINDS for path in held)
    print(f"{wheel.name}: {len(held)} files, {data} of them data")
    if project != Path() and not any(path.endswith(".toml") for path in held):
        return [f"{name}: any *.toml"]
    return sorted(wanted - held)


def main() -> int:
    """Say what is missing; 1 if anything is."""
    wheels, *projects = map(Path, sys.argv[1:])
    missing = [path for project in projects for path in missing_from_wheel(project, wheels)]
    for path in missing:
        print(f"missing from the wheel: {path}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
