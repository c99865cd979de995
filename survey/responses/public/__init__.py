"""The public door of responses: a survey by its open link, or by somebody's own.

No session: what ties a POST to a page of ours is the signed form token in it. Reading never writes. A survey of several
pages stores what was typed between them as a draft, under the form id; a cookie that holds nothing but the form token then
lets a browser go back, reload and come again later on the same device. Without cookies the pages work all the same.
"""

from survey.responses.public import open_links, personal_links
from survey.responses.public.door import bp

__all__ = ["bp", "open_links", "personal_links"]
