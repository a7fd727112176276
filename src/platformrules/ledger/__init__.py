# SPDX-License-Identifier: MIT
"""Ledgers (台账): many dossiers as a workbook, a folder of CSV files or JSON; templates to fill in, made-up samples.

The libraries for workbooks are an extra and are loaded when a workbook is first read or written.
"""

from __future__ import annotations

from platformrules.ledger.form_writing import write_form
from platformrules.ledger.model import Ledger
from platformrules.ledger.problems import CODES, Problem
from platformrules.ledger.reading import read_ledger
from platformrules.ledger.sample import sample_ledger
from platformrules.ledger.template import write_template
from platformrules.ledger.writing import write_ledger

__all__ = ["CODES", "Ledger", "Problem", "read_ledger", "sample_ledger", "write_form", "write_ledger", "write_template"]
