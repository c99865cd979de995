"""Foundation: what every room stands on and what knows no business.

`db` (the session, `write`), `clock`, `events`, `errors`, `text` (the one text boundary), `tokens`,
`paging`, `csv` (the one CSV reader and writer), `tables` (files with tables of any kind), `imports` (such files handed in and
read in the background), `jobs` (rows for the worker), `limits` (rate limits in SQL),
`message` (a letter as bytes), `smtp` (sending it, or keeping it in a folder), `bounces` and `mailboxes` (what comes back),
`web` (who may enter, headers, error pages) and the commands that run the house.
"""
