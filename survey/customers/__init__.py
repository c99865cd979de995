"""Customers: the people whom the organisation serves or served.

Words: a *person*; a *lifetime* is one stay of a person as a customer (first, second, ...), open until it has an end;
its *value* is in minor units of a currency; *segments* are named groupings that the organisation brings along;
a *consent* is a person's own "yes, you may" for one purpose, with the words that they saw or heard; an *account* is a
household or a company to which several people belong; a *merged person* is a record that turned out to be somebody else's:
its number and address still find whom it became.
Emits `PersonLeft` when a lifetime ends, `LeaversDescribed` when an import says more about people who had left before,
`PersonLeftAlone` when nobody may write to or call somebody any more.
"""
