"""A month of three tills, driven through the HTTP API and held against a plain model written from the business rules.

`money` is pricing, paying and returning, `model` tills, days and books, `script` what people do, `driver` the requests.
"""
