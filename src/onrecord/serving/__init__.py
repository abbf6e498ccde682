"""Web pages of records: the article with what it says marked, and the rows beside it.

In: records. Out: one HTML page that loads nothing from anywhere and needs no JavaScript.
"""
