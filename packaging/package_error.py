"""What goes wrong while a package is made."""


class PackageError(Exception):
    """The package cannot be made; the sentence says why and what to do."""
