"""Organisation: who publishes the surveys here; one row, one settings page.

Owns the name, mark (picture), accent colour, time zone, languages, postal address, the smallest groups that may be
shown, and the hours within which we promise to answer. Every room may ask `queries.organisation()`.
Event: `SettingsChanged`.
"""
