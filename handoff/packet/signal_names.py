"""Signal names: what a packet makes of the names under which detection keeps its signals."""

#: The customer asked for a person: a reason, and neither a mood nor something that tells of the matter.
REQUEST = "explicit_request"
#: What moves detection's sum and is no reason by itself.
NO_REASONS = frozenset({"trouble", "tone", "calm", "about_others", "how_far"})
#: Wanting a person, telling of a danger, speaking of others, and writing for long are no bad mood.
NO_MOODS = frozenset({REQUEST, "safety", "about_others", "how_far"})
