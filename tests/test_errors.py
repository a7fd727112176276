# SPDX-License-Identifier: MIT
"""Every exception is a PlatformRulesError, also the fitting builtin, and carries its parts."""

import copy
import pickle

import pytest

from platformrules import errors
from platformrules.diagnostics import Diagnostic
from platformrules.languages import Bilingual

FIRST, SECOND = Diagnostic("PR401", "not TOML"), Diagnostic("PR301", "unknown name `x`")
EXAMPLES = [
    (errors.RuleFileError([FIRST, SECOND]), ValueError),
    (errors.UnknownNameError("there is no `x`"), KeyError),
    (errors.DossierError(["a must be a date", "b must be a text"]), TypeError),
    (errors.LedgerError(Bilingual("不是工作簿", "no workbook")), ValueError),
    (errors.EvaluationError("no period"), ValueError),
]


@pytest.mark.parametrize(("error", "builtin"), EXAMPLES)
def test_each_is_a_kind_of_ours_and_of_the_language(error: Exception, builtin: type[Exception]) -> None:
    """One `except` catches all of the library, and code that knows only Python catches what it expects."""
    assert isinstance(error, errors.PlatformRulesError)
    assert isinstance(error, builtin)


def test_a_rule_file_error_is_the_text_of_all_its_diagnostics() -> None:
    """The message is derived from the parts, in their order."""
    error = errors.RuleFileError(iter([FIRST, SECOND]))
    assert error.diagnostics == (FIRST, SECOND)
    assert f"{FIRST}\n{SECOND}" == str(error)


def test_a_dossier_error_has_one_line_a_fault() -> None:
    """The message is derived from the parts, in their order."""
    error = errors.DossierError(iter(["one", "two"]))
    assert error.faults == ("one", "two")
    assert str(error) == "one\ntwo"


@pytest.mark.parametrize(("args", "expected"), [(("there is no `x`",), "there is no `x`"), ((), "")])
def test_an_unknown_name_prints_without_quotes(args: tuple[str, ...], expected: str) -> None:
    """The message is printed as it is, not as the repr that KeyError makes of it."""
    assert expected == str(errors.UnknownNameError(*args))


@pytest.mark.parametrize(("error", "_builtin"), EXAMPLES)
def test_each_survives_the_way_to_another_process(error: Exception, _builtin: type[Exception]) -> None:
    """Pickled and copied, an error keeps its parts and its text."""
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 - made here
        assert str(error) == str(twin)
        assert vars(error) == vars(twin)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FileNotFoundError(2, "No such file or directory"), "没有这个文件或文件夹"),
        (PermissionError(13, "Permission denied"), "没有权限"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError(), "OSError"),
    ],
)
def test_usual_reasons_of_the_system_are_said_in_both_languages(error: OSError, expected: str) -> None:
    """A usual reason has words of ours; another keeps those of the system, or at least its name."""
    assert errors.why_not_read(error).zh == expected
