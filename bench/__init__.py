"""What is measured by hand, and in short by the tests."""
