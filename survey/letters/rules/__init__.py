"""What letters decide by themselves: `kinds` and their topics, `permission` to write, `pace` of trying and sending, `addresses`
and what is kept of them, `states` of a letter and why it did not go, `links` that letters carry, `paper` that they are
written on.
"""
