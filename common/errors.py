"""The family of refusals: a deed that cannot be done, in words fit for the person who tried."""


class DomainError(Exception):
    """A refused action. `code` is for programs, `message` for people, `details` for both."""

    code = "refused"

    def __init__(self, message: object, **details: object) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.details = details
