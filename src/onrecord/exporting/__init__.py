"""Answers and records, in the formats of other programs: iCalendar, CSV, JSON Lines.

In: rows of ``asking/`` or records. Out: text; writing it somewhere is the caller's affair.
"""
