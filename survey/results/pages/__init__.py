"""What the pages of results show: `one` survey in a view, its `picture`, the `listing` of all, `inbox` of comments,
and what is `published` to everybody."""
