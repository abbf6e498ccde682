"""What the coder knows: tables that a person can read and correct, and their loaders.

In: tab-separated files, checked as they are read. Out: frozen rows and indices over them.
"""
