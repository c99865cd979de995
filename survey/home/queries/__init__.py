"""Reads that put together what other rooms know: `front` for the public pages, `morning` for the leader's."""
