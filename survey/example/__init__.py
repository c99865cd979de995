"""Example: the example organisation, so that a new installation shows what the chain looks like.

Generated, deterministic, ending today; it tells a story (a shift in reasons, a fix that worked, one that did not, an outcry
of non-customers, a gap between major and small customers) through the same actions that real data passes. Refuses to
touch a database that holds anything real. Owns no table.
"""
