"""What every app stands on: ids, clock, errors, actions, scope, sealed rows, and the ports upper apps fill."""
