"""The toolbox's folder CNN, one file per .m file."""
