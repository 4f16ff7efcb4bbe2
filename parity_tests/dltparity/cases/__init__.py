"""What is compared: nets, images and options."""
