# SPDX-License-Identifier: MIT
"""The verdict of another standard: for rows, for the subject itself, exactly and in bounds."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest

import platformrules as pr
from platformrules.standards.rulebook import Rulebook

made = import_module("tests.verdicts.conftest") if False else None
