from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from club.teams import Team


class Member:
    team: Team
