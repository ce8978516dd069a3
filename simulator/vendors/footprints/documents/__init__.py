"""Documents of leads: PDF files, uploaded and never read back."""
