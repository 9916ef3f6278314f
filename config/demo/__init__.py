"""The invented regency that shows the product at work: a generator of files in the real formats and their builder."""
