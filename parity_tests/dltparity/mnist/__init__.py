"""The toolbox's example on MNIST."""
