"""Pictures of how far a census has come: the curve, what is left by place, tonight."""
