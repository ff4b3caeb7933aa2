"""People of the desk's tests."""

from handoff.desk.whose import Who

KIM, LEE = Who("kim", "Kim"), Who("lee", "Lee")
BOSS = Who("boss", "Boss", anyone=True)
