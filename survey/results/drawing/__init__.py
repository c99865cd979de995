"""The pen behind `charts`: how a chart is laid out, coloured, lettered and written as SVG.

A chart is a `Sheet` in pixels: the finding as title, the drawing, the source line. It holds nothing that
the strict content policy refuses (no style, no script) and its bytes depend on nothing but its input.
matplotlib is imported inside functions, so that only a process that draws pays for it.
"""
