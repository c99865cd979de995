"""Decisions about improvements: their stages, their addresses, what is made of Markdown, and their feeds."""
