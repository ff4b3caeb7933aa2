"""Mail domains: the large ones of the world, so that "gmial.com" is noticed and "mail.com" is left alone."""

from rapidfuzz.distance import OSA

# Every top-level domain under which a provider gives out addresses.
PROVIDERS: dict[str, str] = {
    "gmail": "com",
    "googlemail": "com de",
    "outlook": "com de fr es it jp kr cz dk ie be at cl pt sa sg in ph my co.id co.th com.ar com.au "
    "com.br com.gr com.tr com.vn",
    "hotmail": "com co.uk fr de es it nl be se no dk fi ch gr co.jp co.kr com.ar com.br com.tr com.tw com.hk co.th ca",
    "live": "com nl fr de it be se dk no at ie ca cn jp co.kr co.uk co.za com.ar com.au com.mx com.pt hk in ru",
    "msn": "com nl",
    "passport": "com",
    "yahoo": "com ca de es fr gr ie in it se ro pl no dk co.id co.in co.jp co.kr co.nz co.th co.uk "
    "com.ar com.au com.br com.cn com.hk com.mx com.my com.ph com.sg com.tr com.tw com.vn cn",
    "ymail": "com",
    "rocketmail": "com",
    "icloud": "com com.cn",
    "me": "com",
    "mac": "com",
    "aol": "com de fr co.uk",
    "aim": "com",
    "mail": "com ru de ee bg",
    "email": "com cz de it",
    "gmx": "com de net at ch fr co.uk us es",
    "web": "de",
    "freenet": "de",
    "proton": "me",
    "protonmail": "com ch",
    "fastmail": "com fm",
    "tutanota": "com de",
    "zoho": "com eu",
    "yandex": "com ru ua kz by com.tr",
    "inbox": "com ru lv",
    "qq": "com",
    "vip.qq": "com",
    "foxmail": "com",
    "163": "com net",
    "vip.163": "com",
    "126": "com",
    "yeah": "net",
    "139": "com",
    "189": "cn",
    "sina": "com cn com.cn",
    "sohu": "com",
    "aliyun": "com",
    "naver": "com",
    "daum": "net",
    "hanmail": "net",
    "kakao": "com",
    "nate": "com",
    "korea": "com kr",
    "hanmir": "com",
    "dreamwiz": "com",
    "ziggo": "nl",
    "kpnmail": "nl",
    "xs4all": "nl",
    "planet": "nl",
    "orange": "fr",
    "wanadoo": "fr",
    "laposte": "net",
    "libero": "it",
    "btinternet": "com",
    "comcast": "net",
    "verizon": "net",
    "rediffmail": "com",
    "docomo": "ne.jp",
    "ezweb": "ne.jp",
    "softbank": "ne.jp",
}
DOMAINS = frozenset(f"{name}.{end}" for name, ends in PROVIDERS.items() for end in ends.split())

# Endings nobody owns: whatever stands before them, the finger slipped.
_NO_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "comm", "vom", "xom", "cpm", "coom", "c0m", "comn", "copm", "cim"), "com"),
    **dict.fromkeys(("ney", "ner", "nte", "met", "nett", "ent"), "net"),
    **dict.fromkeys(("ogr", "rog", "orgg"), "org"),
}
# Endings that exist, but under which none of the providers above gives out addresses.
_NEAR_ENDINGS = frozenset({"com", "co", "cm", "om", "net", "org", "cn", "kr", "nl", "co.kr"})


def likely_typo(email: str) -> str | None:
    """Takes an e-mail address; returns the domain that was probably meant, or None when it may well be right.

    Only a slip is noticed: one letter (two in a long name) off a large provider, or an ending that does not
    exist. A rare domain that is far from all of them is right.
    """
    domain = email.rpartition("@")[2].lower()
    name, _, ending = domain.partition(".")
    if domain in DOMAINS or not ending:
        return None
    mended = _NO_ENDINGS.get(ending, ending)
    if f"{name}.{mended}" in DOMAINS:
        return f"{name}.{mended}"
    if name in PROVIDERS and (len(name) >= 4 or name in ("qq", "163", "126")):
        only = PROVIDERS[name].split()
        # Under one ending only: hanmail.com is meant to be hanmail.net. Others may be anybody's: yahoo.xy.
        return f"{name}.{only[0]}" if len(only) == 1 and ending in _NEAR_ENDINGS else _co(name, ending)
    near = [known for known in PROVIDERS if _near(name, known)]
    for known in sorted(near, key=lambda known: OSA.distance(name, known)):
        for end in (mended, "com" if ending in ("co", "cm", "om") else mended):
            if f"{known}.{end}" in DOMAINS:
                return f"{known}.{end}"
    return f"{name}.{mended}" if mended != ending else None


def _co(name: str, ending: str) -> str | None:
    return f"{name}.com" if ending in ("co", "cm", "om") and f"{name}.com" in DOMAINS else None


def _near(name: str, known: str) -> bool:
    # Short names are near to everything (life, love and live), and a finger seldom slips on the first letter
    # (zmail.com is a provider, too); swapping the first two is the exception.
    if len(known) < 5 or name in PROVIDERS:
        return False
    if name[:1] != known[:1] and sorted(name) != sorted(known):
        return False
    return bool(OSA.distance(name, known) <= (2 if len(known) >= 7 and len(name) >= 6 else 1))
