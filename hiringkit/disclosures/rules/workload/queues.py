"""Erlang's formulas for work that cannot wait (SCIENCE 5): floats, and a model estimate wherever a page prints one.

They assume Poisson arrivals, exponential handling times and people who are all alike: too gloomy where callers hang up,
too rosy where work comes in bursts. Rates are for the same unit of time as the result; `offered` is the arrival rate
times the mean handling time, in erlangs.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

_NEGLIGIBLE = 40.0
"""A state whose weight is e^40 below the largest changes no sixth digit."""
_STATES = 200_000


class Unstable(StrEnum):
    """Why there is no waiting time; the value is the page's words."""

    BACKLOG_GROWS = "the backlog grows without end"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the long run when nobody gives up; `mean` is in the unit of the handling time."""

    servers: int
    offered: float
    handling: float
    probability: float

    @property
    def mean(self) -> float:
        """Return the mean wait over everybody who arrives."""
        return self.probability * self.handling / (self.servers - self.offered)

    @property
    def queue(self) -> float:
        """Return how many wait on average."""
        return self.probability * self.offered / (self.servers - self.offered)

    @property
    def occupancy(self) -> float:
        """Return the part of their time that the servers are busy."""
        return self.offered / self.servers

    def within(self, time: float) -> float:
        """Return the part of arrivals served within that time."""
        return 1 - self.probability * math.exp(-(self.servers - self.offered) * time / self.handling)

    def quantile(self, part: float) -> float:
        """Return the wait that this part of arrivals does not exceed; 0 when so many do not wait at all."""
        if self.probability <= 1 - part:
            return 0.0
        return self.handling / (self.servers - self.offered) * math.log(self.probability / (1 - part))


@dataclass(frozen=True, slots=True)
class Abandoning:
    """What waits in the long run when people give up: parts of 1, and the mean wait in the unit of the rates."""

    abandoned: float
    queue: float
    mean: float
    occupancy: float


def erlang_b(servers: int, offered: float) -> float:
    """Return the probability that all are busy when nobody may wait: B = 1, then B = A B / (k + A B).

    >>> round(erlang_b(14, 10.0), 6)
    0.056819
    """
    _check(servers, offered)
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked


def erlang_c(servers: int, offered: float) -> float | Unstable:
    """Return the probability of waiting: B / (1 - (A/n)(1 - B)); with A >= n the backlog grows.

    >>> round(erlang_c(14, 10.0), 6), erlang_c(6, 7.35).value
    (0.174132, 'the backlog grows without end')
    """
    _check(servers, offered)
    if offered >= servers:
        return Unstable.BACKLOG_GROWS
    blocked = erlang_b(servers, offered)
    return blocked / (1 - offered / servers * (1 - blocked))


def waiting(arrivals: float, handling: float, servers: int) -> Waiting | Unstable:
    """Return what waits when `arrivals` come in a unit of time and each takes `handling` of it.

    >>> found = waiting(200 / 3600, 180.0, 14)
    >>> round(found.within(20), 4), round(found.occupancy, 3), round(found.mean, 2)
    (0.8884, 0.714, 7.84)
    """
    offered = arrivals * handling
    probability = erlang_c(servers, offered)
    return probability if isinstance(probability, Unstable) else Waiting(servers, offered, handling, probability)


def erlang_a(arrivals: float, service: float, servers: int, leaving: float) -> Abandoning | Unstable:
    """Return what waits when each who waits gives up at the rate `leaving` (Garnett, Mandelbaum & Reiman 2002).

    A birth-death chain: in state k arrivals come at their rate, min(k, n) are served, max(0, k - n) may leave.
    P(abandon) = leaving x queue / arrivals. Raises ValueError on a rate below 0 or a chain too long to sum.

    >>> found = erlang_a(48.0, 1.0, 50, 0.5)
    >>> round(found.abandoned, 3), round(found.queue), round(found.occupancy, 2)
    (0.031, 3, 0.93)
    """
    _check(servers, arrivals)
    if service <= 0 or leaving < 0:
        raise ValueError("Service needs a rate above 0, leaving one of at least 0.")
    if arrivals == 0:
        return Abandoning(0.0, 0.0, 0.0, 0.0)
    if leaving == 0 and arrivals >= servers * service:
        return Unstable.BACKLOG_GROWS
    logs = _log_weights(arrivals, service, servers, leaving)
    highest = max(logs)
    weights = [math.exp(one - highest) for one in logs]
    total = math.fsum(weights)
    queue = math.fsum((count - servers) * one for count, one in enumerate(weights) if count > servers) / total
    busy = math.fsum(min(count, servers) * one for count, one in enumerate(weights)) / total
    return Abandoning(leaving * queue / arrivals, queue, queue / arrivals, busy / servers)


def _log_weights(arrivals: float, service: float, servers: int, leaving: float) -> list[float]:
    """Return the logarithms of the states' weights, up to where they no longer count."""
    logs = [0.0]
    highest = 0.0
    while True:
        count = len(logs)
        death = min(count, servers) * service + max(0, count - servers) * leaving
        logs.append(logs[-1] + math.log(arrivals / death))
        highest = max(highest, logs[-1])
        if death > arrivals and logs[-1] < highest - _NEGLIGIBLE:
            return logs
        if count > _STATES:
            raise ValueError("So many wait that the chain cannot be summed.")


def _check(servers: int, load: float) -> None:
    if servers < 1 or not 0 <= load < math.inf:
        raise ValueError("There must be at least one server, and a finite load of at least 0.")
