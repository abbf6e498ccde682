"""The record's rows: attributions, events, claims, appointments, each with its proof.

In: an ``Annotated``. Out: tuples of the rows of ``record.py``.
"""
