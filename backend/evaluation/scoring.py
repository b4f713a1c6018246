"""Scores of units and persons: a share with its interval, what others reach in the same matters, and a rank where
there is one. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from backend.evaluation import intervals
from backend.evaluation.ranking import Rank, Share, rank
from backend.evaluation.standardising import adjust
from backend.evaluation.structs import LEAST_N, MeasureScores, SubjectScore, is_higher_better
from backend.indicators.structs import IndicatorFigure

ByMatter = dict[str, Share]
"""By the code of a measure narrowed to a class, its share."""


def score_subjects(
    measure: str,
    figures: Sequence[IndicatorFigure],
    area: ByMatter,
    *,
    left_out: Mapping[int, int],
    is_compared: bool = True,
) -> MeasureScores:
    """Best first; subjects without a case are not there. `figures`: of the measure and its classes, by subject.

    `area`: what is compared with; `left_out`: cases by subject that are in no figure any more.
    """
    by_subject: dict[int, list[IndicatorFigure]] = defaultdict(list)
    for each in figures:
        by_subject[int(each.subject)].append(each)
    totals = {subject: total_of(measure, own) for subject, own in by_subject.items()}
    ranks = rank(
        {subject: share for subject, share in totals.items() if share.n >= LEAST_N},
        higher_is_better=is_higher_better(measure),
    )
    scores = [
        _score(
            subject,
            share,
            by_matter(measure, by_subject[subject]) if is_compared else {},
            area,
            ranks.get(subject) if is_compared else None,
            left_out.get(subject, 0),
        )
        for subject, share in totals.items()
        if share.n
    ]
    ordered = sorted(scores, key=lambda each: _place(each, measure))
    return MeasureScores(scores=ordered, left_out=left_out)


def by_matter(measure: str, figures: Sequence[IndicatorFigure]) -> ByMatter:
    """The shares of the classes, over all subjects of the figures; classes without a case are left out."""
    found: ByMatter = {}
    for each in figures:
        if each.code != measure and each.code.startswith(f"{measure}.") and each.denominator:
            before, own = found.get(each.code, Share(0, 0)), _share(each)
            found[each.code] = Share(before.cases + own.cases, before.n + own.n)
    return found


def total_of(measure: str, figures: Sequence[IndicatorFigure]) -> Share:
    return next((_share(each) for each in figures if each.code == measure), Share(0, 0))


def _score(
    subject: int, share: Share, own: ByMatter, area: ByMatter, place: Rank | None, left_out: int
) -> SubjectScore:
    like = adjust(own, area) if any(each.n for each in own.values()) else None
    cases = min(round(share.cases), share.n)
    return SubjectScore(
        subject_id=subject,
        cases=cases,
        n=share.n,
        value=cases / share.n,
        interval=intervals.of_share(cases, share.n),
        expected=like.expected if like else None,
        adjusted=like.adjusted if like else None,
        rank=place,
        left_out=left_out,
    )


def _share(figure: IndicatorFigure) -> Share:
    """More done than were due, as where a limit was moved, counts as all."""
    n = max(0, round(figure.denominator or 0))
    return Share(min(max(0.0, figure.numerator), n), n)


def _place(score: SubjectScore, measure: str) -> tuple[float, float, int]:
    value = -score.value if is_higher_better(measure) else score.value
    return (score.rank is None, value, score.subject_id)
