"""Υπογραφές εγγράφων (signatures of documents): adding one to a PDF, judging what came back."""
