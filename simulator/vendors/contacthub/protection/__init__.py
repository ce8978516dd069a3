"""Data protection: handing out and erasing all data of a customer."""
