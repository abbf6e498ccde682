"""Collecting: the world → raw pages.

In comes a source: a file, standard input or an address. Out goes a ``RawPage``: its bytes, as they
were, with what was said about them (type, character set, address, time of retrieval).
"""

from onrecord.collecting.sources import RawPage, load

__all__ = ["RawPage", "load"]
