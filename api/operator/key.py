"""The operator's key: opens the page and the metrics, and is made at the first start when none is set."""

import hashlib
import hmac

from api.channels.secret import kept_secret
from api.settings import Settings

FILE = "operator.key"


class Key:
    """Compares what somebody shows with the key, in the same time whether it is right or wrong.

    Args:
        place: where an operator finds it, in words.
    """

    def __init__(self, value: str, place: str = "the key is in FRONTDOOR_OPERATOR_KEY") -> None:
        self.value = value
        self.place = place
        # The cookie proves that its owner once knew the key, and does not hold it.
        self.cookie = hmac.new(value.encode(), b"frontdoor operator", hashlib.sha256).hexdigest()
        # Stands in the page's forms: another site can have a browser post to us, and cannot read our page.
        self.form = hmac.new(value.encode(), b"frontdoor operator form", hashlib.sha256).hexdigest()

    def is_it(self, shown: str) -> bool:
        """Whether this is the key."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.value.encode())

    def is_cookie(self, shown: str) -> bool:
        """Whether this is the cookie that the key was exchanged for."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.cookie.encode())

    def is_form(self, shown: str) -> bool:
        """Whether what is posted comes from a form of our page."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.form.encode())


def operator_key(settings: Settings) -> Key:
    """The key of the settings, or the one in the data folder, which is made when it is not there."""
    chosen = settings.operator_key.get_secret_value()
    if chosen:
        return Key(chosen)
    file = settings.data_dir / FILE
    return Key(kept_secret(file), f"the key is in {file}")
