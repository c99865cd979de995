"""How each block is set: one module a block, with how high it stands (`height`) and how it is put on the paper (`put`)."""
