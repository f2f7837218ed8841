"""A believable world of any size, for trying things out: written as rows, in the order in which it could have gone.

The same number makes the same world, ids included, as of the same instant. All but one thing: the keys of open ballots
and the votes sealed to them, as what must not be guessed is never made from a number.
"""
