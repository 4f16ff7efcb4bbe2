"""Images and targets as the toolbox wants them: from arrays, from files, and some digits."""
