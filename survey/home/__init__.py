"""Home: the pages that compose what other rooms know.

The leader's morning page, the public front page, and the thank-you page after a survey. Owns no table.
"""
