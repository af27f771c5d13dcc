"""Who may do what: people, the mandates in which they act, and the one table that says how far each of them reaches.

Used alike by the API, its pages, the command line and the documents. It knows the framework's terms and no storage.
"""
