# SPDX-License-Identifier: MIT
"""Which judgements and waivers fit a standard: criteria and choices by id or by title. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from attrs import define

from platformrules.criteria.qualifying import MARK, qualified_id
from platformrules.dossiers import Judgement
from platformrules.languages import Bilingual
from platformrules.ledger.cells import UnreadableError, cell_reader, expectation, folded
from platformrules.ledger.problems import nearest
from platformrules.schema import Fact, FactType
from platformrules.standards.model import Criterion, Standard


@define(slots=False)
class Judges:
    """Finds the criteria of a standard, and the choices of those that a person judges."""

    standard: Standard

    @cached_property
    def _by_name(self) -> Mapping[str, Criterion]:
        """Criteria by folded id, and by those titles that only one has."""
        titles: dict[str, list[Criterion]] = {}
        for one in self.standard.criteria:
            for title in {folded(one.title.zh), folded(one.title.en)}:
                titles.setdefault(title, []).append(one)
        unique = {title: found[0] for title, found in titles.items() if len(found) == 1}
        return unique | {folded(one.id): one for one in self.standard.criteria}

    @cached_property
    def _by_plain_id(self) -> Mapping[str, Criterion]:
        """Criteria of included standards by folded plain id, where only one has it."""
        found: dict[str, list[Criterion]] = {}
        for one in self.standard.criteria:
            found.setdefault(folded(one.id.rpartition("#")[2]), []).append(one)
        return {name: many[0] for name, many in found.items() if len(many) == 1}

    @cached_property
    def _others(self) -> tuple[Judges, ...]:
        """The same of the standards whose verdicts the standard reads, the newest version of each first."""
        return tuple(Judges(one) for one in reversed(self.standard.readings[1:]))

    def find_below(self, name: str) -> tuple[str, Criterion | None]:
        """The same as ``find`` of a sub-unit: a plain name is of the one standard whose verdict is read that has it.

        Raises:
            UnreadableError: no such standard has the criterion, or several have.
        """
        if MARK in name:
            return self.find(name)
        found: dict[str, tuple[str, Criterion | None]] = {}
        for other in self._others:
            try:
                key, criterion = other.find(name)
            except UnreadableError:
                continue
            found.setdefault(other.standard.id, (qualified_id(key, other.standard.id), criterion))
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            told = Bilingual(
                f"{'、'.join(sorted(found))} 都有条件“{name}”，没有采用；请写成“标准#条件”",
                f"{', '.join(sorted(found))} have a criterion `{name}`, so not used; write `standard#criterion`",
            )
        else:
            known = sorted({one.standard.id for one in self._others})
            told = Bilingual(
                f"下级对象的标准（{'、'.join(known) or '无'}）没有条件“{name}”，没有采用",
                f"the standards of sub-units ({', '.join(known) or 'none'}) have no criterion `{name}`, so not used",
            )
        raise UnreadableError("PR512", told, None)

    def find(self, name: str) -> tuple[str, Criterion | None]:
        """The key under which a dossier holds what is said of a criterion, and the criterion.

        A qualified name of another standard is kept as it is, unless its verdict is read: that standard is not at hand.

        Raises:
            UnreadableError: the standard has no such criterion.
        """
        included = self._by_name.get(folded(name)) or self._by_plain_id.get(folded(name))
        if included is not None and included.origin:
            return included.id, included
        qualifier, mark, plain = name.rpartition("#")
        if mark and qualifier not in {self.standard.id, self.standard.reference}:
            return self._elsewhere(name)
        found = self._by_name.get(folded(plain))
        if found is None:
            known = [one.id for one in self.standard.criteria] + [one.title.zh for one in self.standard.criteria]
            hint = nearest(plain, known)
            raise UnreadableError(
                "PR512",
                Bilingual(
                    f"标准 {self.standard.reference} 没有条件“{plain}”，没有采用{hint.zh}",
                    f"{self.standard.reference} has no criterion `{plain}`, so not used{hint.en}",
                ),
                None,
            )
        return f"{qualifier}#{found.id}" if mark else found.id, found

    def _elsewhere(self, name: str) -> tuple[str, Criterion | None]:
        """A criterion of another standard: known if the verdict of that is read."""
        qualifier, _, plain = name.rpartition(MARK)
        others = [one for one in self._others if qualifier in {one.standard.id, one.standard.reference}]
        for index, other in enumerate(others):
            try:
                key, criterion = other.find(plain)
            except UnreadableError:
                if index + 1 < len(others):
                    continue
                raise
            return qualified_id(key, other.standard.id), criterion
        return name, None

    def value(self, criterion: Criterion | None, given: str | int | Decimal) -> str | int | Decimal:
        """The choice that a judgement names, by its id, or the number of points that it gives, exactly.

        Raises:
            UnreadableError: the criterion is not for a person to judge, has no such choice, or not so many points.
        """
        if criterion is None:
            return given
        if criterion.judges_points:
            return _points(criterion, given)
        if not criterion.judge:
            raise UnreadableError(
                "PR512",
                Bilingual(
                    f"条件“{criterion.title.zh}”按数据计算，不需人工认定，没有采用",
                    f"the criterion `{criterion.id}` follows from data and is not judged, so not used",
                ),
                None,
            )
        word = folded(str(given))
        names = {folded(name): row.id for row in criterion.judge for name in (row.title.en, row.title.zh)}
        names.update({folded(row.id): row.id for row in criterion.judge})
        if word in names:
            return names[word]
        raise UnreadableError(
            "PR512",
            Bilingual(
                f"“{given}”不是该条件的认定结果，没有采用", f"`{given}` is no choice of this criterion, so not used"
            ),
            Bilingual(
                "下列之一：" + "、".join(row.title.zh for row in criterion.judge),
                "one of: " + "; ".join(f"{row.id} ({row.title.en})" for row in criterion.judge),
            ),
        )

    def role(self, given: str | None, key: str = "") -> str | None:
        """The assessor that a judgement names, by its id; what it says as it is, if the standard names no assessors.

        The standard is the one that the key of the criterion names, if that is one whose verdict is read.

        Raises:
            UnreadableError: the standard names assessors, and none of them is meant.
        """
        qualifier = key.rpartition(MARK)[0]
        for other in self._others:
            if qualifier == other.standard.id != self.standard.id:
                return other.role(given)
        assessors = self.standard.assessors
        if given is None or not assessors:
            return given
        names = {folded(name): one.id for one in assessors for name in (one.title.en, one.title.zh)}
        names.update({folded(one.id): one.id for one in assessors})
        if folded(given) in names:
            return names[folded(given)]
        raise UnreadableError(
            "PR512",
            Bilingual(
                f"标准 {self.standard.reference} 没有“{given}”这一方评定人，没有采用",
                f"{self.standard.reference} has no assessor `{given}`, so not used",
            ),
            Bilingual(
                "下列之一：" + "、".join(one.title.zh for one in assessors),
                "one of: " + "; ".join(f"{one.id} ({one.title.en})" for one in assessors),
            ),
        )


def _points(criterion: Criterion, given: str | int | Decimal) -> int | Decimal:
    """The points that a person gave, within the limits of the criterion."""
    limits = Fact(
        criterion.id,
        "criterion",
        FactType.DECIMAL,
        criterion.title,
        unit="points",
        minimum=criterion.minimum,
        maximum=criterion.maximum,
    )
    found = cell_reader(limits)(given)
    if isinstance(found, int | Decimal):
        return found
    message = Bilingual(f"“{given}”不是分数，没有采用", f"`{given}` is no number of points, so not used")
    raise UnreadableError("PR512", message, expectation(limits))


def gathered(judgements: Iterable[Judgement]) -> Judgement | tuple[Judgement, ...]:
    """The judgements on one criterion as a dossier holds them."""
    several = tuple(judgements)
    return several[0] if len(several) == 1 else several
