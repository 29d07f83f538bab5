"""The blind re-check: a sample of buildings is enumerated again by others, compared, reconciled, and estimated from.

``sampling`` and ``estimates`` and ``comparing`` are pure: anybody can draw the sample and work out the figures again.
"""
