"""Reports on paper: what stands in one (`blocks`), and the press that sets it as PDF (`paper`, `press`).

fpdf2 is imported when the first report is printed. The letters are DejaVu, which comes with matplotlib. Nothing here knows a
survey: a report is a list of words, figures, tables, bars, drawings and quotes.
"""
