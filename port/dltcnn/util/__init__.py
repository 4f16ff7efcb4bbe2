"""The functions of the toolbox's folder util that its network calls, one file each."""
