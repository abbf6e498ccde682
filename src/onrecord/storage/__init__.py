"""Records in, records out: one database, one transaction a record, proofs checked on the way.

In: a ``Record``. Out: the very same ``Record``, and the tables that ``asking/`` puts questions to.
"""
