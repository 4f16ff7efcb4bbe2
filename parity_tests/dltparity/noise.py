"""What counts as rounding, where nothing is known of a function."""

# A difference is rounding where it is at most MULTIPLE times what one-ulp changes of the inputs do
# to the reference itself: the largest change over PERTURBATIONS seeded draws of signs, in max norm
# over the array. Sums of n terms in another order differ by up to about n rounding errors, of which
# a draw of signs shows about sqrt(n): 32 covers sums of a thousand terms.
MULTIPLE = 32
PERTURBATIONS = 3
# Where these change nothing at all, a pair draws on up to so many: a rounding may hide them.
PERTURBATIONS_OF_A_PAIR = 30
