"""The gazetteer: cities of 1,000 people and more, parts of every state, seas, rivers, mountains.

In: ``gazetteer.tsv`` (GeoNames, CC BY 4.0), ``divisions.tsv`` (CLDR and GeoNames), ``state_names.tsv``
(CLDR), all three sorted by name and searched by halving where they lie on disk, and ``features.tsv``
and ``domains.tsv``, written by hand. Out: the places that a name may mean.
"""

from onrecord.knowledge.places.gazetteer import (
    Domain,
    Feature,
    Location,
    cities_named,
    country_of_domain,
    divisions_named,
    place_key,
    places_named,
    state_named,
)

__all__ = [
    "Domain",
    "Feature",
    "Location",
    "cities_named",
    "country_of_domain",
    "divisions_named",
    "place_key",
    "places_named",
    "state_named",
]
