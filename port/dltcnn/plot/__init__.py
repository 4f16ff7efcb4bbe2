"""Pictures of a net, with matplotlib (``pip install 'dltcnn[plot]'``)."""
