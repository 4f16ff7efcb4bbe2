"""The network of Bouvrie's notes: one file per .m file of matlab_ref/acnn."""
