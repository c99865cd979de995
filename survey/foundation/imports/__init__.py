"""Files that are read in from the browser: kept in the database, their columns given a meaning, tried, read in the background.

What a row means is the rooms' affair: each gives a `RowReader` for its kind of file, and `ImportPages` for its addresses.
A file goes through the states of `models.STATES`; its content is deleted as soon as it is read, or left for too long.
"""
