"""Formulas and words of results: values in, values out.

`intervals` and `beta` are the mathematics, `metrics` turns answers into numbers with intervals,
`comparisons` says whether a difference is more than chance, `words` puts numbers the way people say
them, `lost` writes the first sentence of a leader's page.

Proportions are fractions (0.69), NPS runs from −100 to +100, and a metric of no answers is None,
never 0.
"""
