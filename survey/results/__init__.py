"""Results: what the answers say, and how sure we are.

Owns: metrics with their intervals, rollups of answers, comparisons between periods, the inbox of
comments, charts and exports.

Words: a *metric* never travels without its n and its interval; a *change* is clear or it is not;
*usual* is what the months before were like; *too few* is said, never hidden; reasons whose counts
chance could swap are *too close to rank*.

Formulas live in `rules/`, each with its source; nothing there knows a database or a clock.
`charts` is the only door to matplotlib, which is loaded when the first chart is drawn.
"""
