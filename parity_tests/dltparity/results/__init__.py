"""Results of run, verify, toolbox and pair: read, compared with earlier ones, told to CI."""
