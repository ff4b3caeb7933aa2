"""Health of a container: asks one address, says what it answered, and ends with 0 when all is well.

Usage: python health.py URL
"""

import os
import sys
import urllib.error
import urllib.request

#: What an answer may say about itself in the list of health checks.
LONGEST = 500


def ask(url: str) -> "tuple[int, str]":
    """Status and text of an answer; no proxy of the machine stands between a container and itself."""
    secret = os.environ.get("FRONTDOOR_BOT_SECRET", "")
    request = urllib.request.Request(url, headers={"X-Frontdoor-Secret": secret})  # noqa: S310 - http, checked by main
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with straight.open(request, timeout=4) as answer:
            return answer.status, answer.read(LONGEST).decode("utf-8", "replace")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read(LONGEST).decode("utf-8", "replace")


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1].startswith("http://127.0.0.1:"):
        print("Usage: python health.py http://127.0.0.1:PORT/PATH", file=sys.stderr)
        return 2
    try:
        status, text = ask(sys.argv[1])
    except OSError as problem:
        print(f"{sys.argv[1]} does not answer: {problem}")
        return 1
    print(f"{status} {text}")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
