"""What can go wrong: one exception, with a word on what to do about it."""

from __future__ import annotations


class OnrecordError(ValueError):
    """Something was wrong with an input. The message is one line: what, and what to do."""


class KnowledgeError(OnrecordError):
    """A line of a knowledge file is broken. The message names file, line and reason."""
