"""Question kinds: one module each, and nothing else in the house names one.

A kind says what it needs to know (settings), reads what was typed (`clean`), and turns an answer into countable values
(`cells`), into free text (`written`) and into a cell of an export. Its page parts are `templates/kinds/ask/<kind>.html`
and `templates/kinds/tell/<kind>.html`. `table.KINDS` lists the kinds; `fields` turns questions into a WTForms form.
"""
