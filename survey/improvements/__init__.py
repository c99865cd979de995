"""Improvements: what we are doing about what people told us, and telling them.

Words: an *improvement* answers one or more *reasons*; it has a public *stage* (planned, in progress, shipped, declined;
none: not published); an *update* is one dated post about it, written in Markdown, never deleted. The public page is
`/improving`, with an Atom and a JSON feed; surveys' thank-you pages show the newest.
"""
