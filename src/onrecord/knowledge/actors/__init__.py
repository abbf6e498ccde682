"""Who there is: states, offices and their holders over time, organisations, groups, generic nouns.

In: the tables of this folder. Out: :func:`actor_table`, an index of names with their actors.
"""

from onrecord.knowledge.actors.rows import Agent, Organisation, Region, State, Tenure, Title
from onrecord.knowledge.actors.spelling import misspelt_state
from onrecord.knowledge.actors.table import (
    WORLDWIDE,
    ActorTable,
    Candidate,
    actor_table,
    fold,
    sector_on,
    slug,
    surname,
)

__all__ = [
    "WORLDWIDE",
    "ActorTable",
    "Agent",
    "Candidate",
    "Organisation",
    "Region",
    "State",
    "Tenure",
    "Title",
    "actor_table",
    "fold",
    "misspelt_state",
    "sector_on",
    "slug",
    "surname",
]
