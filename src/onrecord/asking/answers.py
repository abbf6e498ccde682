"""A store that answers questions: each method puts one to the tables, in a state nobody changes."""

from __future__ import annotations

from datetime import date

from onrecord.asking import calendar as calendar_
from onrecord.asking import claims as claims_
from onrecord.asking import comparing, searching, tracing
from onrecord.asking import positions as positions_
from onrecord.asking import statements as statements_
from onrecord.asking import timeline as timeline_
from onrecord.asking.rows import (
    AppointmentRow,
    ClaimRow,
    ComparisonRow,
    Explanation,
    PositionRow,
    SearchRow,
    StatementRow,
    TimelineRow,
)
from onrecord.storage.store import Store

Day = str | date | None


class Answers(Store):
    """A store of records, and what can be asked of it. All raise ``OnrecordError`` as they say.

    People are given by name (a surname will do), country code or id; days as ``2026-01-13``,
    ``2026-01`` or ``2026``, both ends included.
    """

    def timeline(
        self,
        a: str,
        b: str | None = None,
        *,
        start: Day = None,
        end: Day = None,
        type: timeline_.Choice = None,
        modality: timeline_.Choice = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[TimelineRow]:
        """Return what happened between ``a`` and ``b``, or to and by ``a``: see ``timeline.py``."""
        with self._reading() as connection:
            return timeline_.timeline(
                connection,
                a,
                b,
                start=start,
                end=end,
                type=type,
                modality=modality,
                min_confidence=min_confidence,
                limit=limit,
            )

    def statements(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        about: str | None = None,
        start: Day = None,
        end: Day = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[StatementRow]:
        """Return what was said, by whom, to whom, about what: see ``statements.py``."""
        with self._reading() as connection:
            return statements_.statements(
                connection,
                by=by,
                to=to,
                about=about,
                start=start,
                end=end,
                min_confidence=min_confidence,
                limit=limit,
            )

    def positions(
        self,
        actor: str,
        *,
        about: str | None = None,
        start: Day = None,
        end: Day = None,
        stance: timeline_.Choice = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[PositionRow]:
        """Return what ``actor`` stands for, since when, how often repeated: see ``positions.py``."""
        with self._reading() as connection:
            return positions_.positions(
                connection,
                actor,
                about=about,
                start=start,
                end=end,
                stance=stance,
                min_confidence=min_confidence,
                limit=limit,
            )

    def claims(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        start: Day = None,
        end: Day = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> list[ClaimRow]:
        """Return the figures put forward, by whom, about what: see ``claims.py``."""
        with self._reading() as connection:
            return claims_.claims(
                connection,
                about=about,
                by=by,
                start=start,
                end=end,
                min_confidence=min_confidence,
                limit=limit,
            )

    def comparisons(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        start: Day = None,
        end: Day = None,
        min_confidence: float = 0.0,
    ) -> list[ComparisonRow]:
        """Return figures on the same thing, each beside the last before it: see ``comparing.py``."""
        return comparing.comparisons(
            self.claims(about=about, by=by, start=start, end=end, min_confidence=min_confidence)
        )

    def calendar(
        self,
        *,
        start: Day = None,
        end: Day = None,
        who: str | None = None,
        min_confidence: float = 0.0,
    ) -> list[AppointmentRow]:
        """Return what was announced, in the order of its days: see ``calendar.py``."""
        with self._reading() as connection:
            return calendar_.calendar(
                connection, start=start, end=end, who=who, min_confidence=min_confidence
            )

    def search(self, text: str, *, limit: int = 50) -> list[SearchRow]:
        """Return the articles that have all the words, the most fitting first."""
        with self._reading() as connection:
            return searching.search(connection, text, limit=limit)

    def explain(self, row_id: str) -> Explanation:
        """Return sentence, spans, rule and reason of one row: see ``explaining.py``."""
        with self._reading() as connection:
            return tracing.explain(connection, row_id)
