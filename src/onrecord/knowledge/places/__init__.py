"""The gazetteer: cities of 5,000 people and more, parts of every state, seas, rivers, mountains.

In: ``cities.tsv`` (GeoNames, CC BY 4.0), ``divisions.tsv`` (CLDR and GeoNames), ``state_names.tsv``
(CLDR), all three sorted by name and searched by halving, so that opening them costs nothing, and
``features.tsv``, written by hand. Out: the places that a name may mean.
"""

from onrecord.knowledge.places.gazetteer import (
    Feature,
    GazetteerPlace,
    cities_named,
    divisions_named,
    places_named,
    state_named,
)

__all__ = [
    "Feature",
    "GazetteerPlace",
    "cities_named",
    "divisions_named",
    "places_named",
    "state_named",
]
