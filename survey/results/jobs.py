"""What the worker does for results."""


def fold_deltas() -> None:
    raise NotImplementedError
