"""What staff are told of, whom it is for, when letters about it go, and how it reads."""
