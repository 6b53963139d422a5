"""Lifecycles as data: views, operations and tests read the same list of moves."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from hiringkit.foundation.errors import WrongStateError

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[State]):
    """One named way from any of some states to one other."""

    name: str
    sources: frozenset[State]
    target: State


@dataclass(frozen=True)
class Lifecycle(Generic[State]):
    """All moves of one kind of thing; `what` is its word on pages, such as "opening"."""

    what: str
    moves: tuple[Move[State], ...]

    def after(self, state: State, move: str) -> State:
        """Return the state that the move leads to, or raise WrongStateError.

        >>> from enum import StrEnum
        >>> class Lamp(StrEnum):
        ...     OFF = "off"
        ...     ON = "on"
        >>> lamp = Lifecycle("lamp", (Move("light", frozenset({Lamp.OFF}), Lamp.ON),))
        >>> lamp.after(Lamp.OFF, "light").value
        'on'
        """
        for candidate in self.moves:
            if candidate.name == move and state in candidate.sources:
                return candidate.target
        raise WrongStateError(f"This {self.what} is {state.value}; it cannot {move} now.")

    def can(self, state: State, move: str) -> bool:
        """Tell whether the move exists from this state."""
        return any(m.name == move and state in m.sources for m in self.moves)

    def moves_from(self, state: State) -> tuple[Move[State], ...]:
        """Return every move that starts at this state."""
        return tuple(m for m in self.moves if state in m.sources)
