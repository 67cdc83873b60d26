"""A slow and obvious simulator of a network: a heap of events, lists as queues, dictionaries.

It is the kernel's second opinion. Given the same network and key it must see the same youths do
the same things at the same moments.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vliegwiel.science.caresystem._layout import CHOOSES
from vliegwiel.science.caresystem.choices import Choice
from vliegwiel.science.caresystem.features import QUEUE_RULES
from vliegwiel.science.caresystem.network import SHAPES, Network
from vliegwiel.science.kernel import Purpose

from .plain_draws import (
    MASK,
    child_key,
    exponential,
    first_above,
    residual,
    residual_observed,
    stay,
    uniform,
)

VISIT = 1 << 20
NAMES = {number: name for name, number in SHAPES.items()}
RULES = {number: name for name, number in QUEUE_RULES.items()}


@dataclass(frozen=True, order=True)
class Event:
    """What happened to whom, where and when."""

    time: float
    key: int
    kind: str
    care_type: int


class Youth:
    def __init__(self, key: int, group: int) -> None:
        self.key, self.group = key, group
        self.visit = self.care_type = self.station = self.urgency = 0
        self.present_class = 0
        self.too_old = False
        self.birth = -math.inf
        self.since = self.looked = 0.0

    @property
    def counter(self) -> int:
        return self.visit * VISIT


class PlainSimulator:
    """Run once with :meth:`run`."""

    def __init__(self, network: Network, key: int) -> None:
        self.network, self.key = network, key & MASK
        self.events: list[Event] = []
        self.coming: list[tuple[float, int, Callable[[float], None]]] = []
        self.planned = self.aged_out = self.succeeded = self.moves = 0
        stations = network.stations
        self.stations = [
            [s for s in range(stations) if network.form_of[s] == i] for i in range(network.types)
        ]
        self.in_care: list[list[Youth]] = [[] for _ in range(stations)]
        self.queues: list[list[Youth]] = [[] for _ in range(stations)]
        self.spent, self.settled = [0.0] * stations, 0.0
        self.month = 0
        #: Number by month, origin and destination; each wait with its month and station; the days
        #: of arrival of who waits at the end of each month, by station.
        self.flows: Counter[tuple[int, int, int]] = Counter()
        #: Number of events by kind, month, group and care type.
        self.counted: Counter[tuple[str, int, int, int]] = Counter()
        self.waits: list[tuple[int, int, float]] = []
        self.waiting_since: list[list[float]] = []
        self.out = network.types + 1
        self.after_care = len(network.candidates)
        self.after_waiting = self.after_care + network.types
        self.from_outside = self.after_waiting + network.types

    def run(self) -> list[Event]:
        network = self.network
        for source in range(len(network.candidates)):
            self.send(source, 1, 0.0)
        self.census()
        begin = 0.0
        for month, end in enumerate(network.month_ends):
            self.settle(begin)
            self.month = month
            budgets = network.features.budgets
            if budgets is not None and budgets.new_year[month]:
                self.spent = [0.0] * len(self.spent)
            for station in range(network.stations):
                self.fill(station, begin)
            while self.coming and self.coming[0][0] < end:
                now, _, happen = heapq.heappop(self.coming)
                self.settle(now)
                happen(now)
            self.waiting_since.append([math.fsum(y.since for y in q) for q in self.queues])
            begin = end
        return sorted(self.events)

    def plan(self, time: float, happen: Callable[[float], None]) -> None:
        if time < self.network.horizon:
            heapq.heappush(self.coming, (time, self.planned, happen))
            self.planned += 1

    def note(self, now: float, youth: Youth, kind: str, care_type: int) -> None:
        self.events.append(Event(now, youth.key, kind, care_type))
        self.counted[kind, self.month, youth.group, care_type] += 1

    def go(self, origin: int, to: int) -> None:
        self.flows[self.month, origin, to] += 1

    def row(self, youth: Youth) -> int:
        return int(self.network.row[self.month, youth.group])

    def choose(self, made: Choice, owner: int, row: int, key: int, purpose: int, at: int) -> int:
        chosen = first_above(list(made.reference[owner]), uniform(key, purpose, at))
        if uniform(key, purpose + 1, at) < made.keep[row, owner, chosen]:
            return chosen
        return first_above(list(made.change[row, owner]), uniform(key, purpose + 2, at))

    def settle(self, now: float) -> None:
        """Everybody in care has cost something since the last time that anything happened."""
        budgets = self.network.features.budgets
        if budgets is not None:
            for station, present in enumerate(self.in_care):
                prices = (
                    float(budgets.price_per_day[self.month, y.group, y.care_type]) for y in present
                )
                self.spent[station] += math.fsum(prices) * (now - self.settled)
        self.settled = now

    def send(self, source: int, k: int, now: float) -> None:
        """Plan the k-th candidate of a source."""
        network = self.network
        left = exponential(child_key(self.key, source, -1), Purpose.GAP, k * VISIT, 1.0)
        time = now
        for month in range(self.month, len(network.month_ends)):
            rate, end = float(network.candidates[source, month]), float(network.month_ends[month])
            if left < rate * (end - time):
                self.plan(time + left / rate, lambda t: self.candidate(source, k, t))
                return
            left -= rate * (end - time)
            time = end

    def candidate(self, source: int, k: int, now: float) -> None:
        network, key = self.network, child_key(self.key, source, k)
        self.send(source, k + 1, now)
        u = uniform(key, Purpose.GROUP, 0)
        youth = Youth(key, first_above(list(network.groups[source, self.month]), u))
        accept = network.accept[source, self.month, youth.group]
        if uniform(key, Purpose.ACCEPT, 0) >= accept:
            return
        row, purpose = self.row(youth), Purpose.DESTINATION
        to = self.choose(network.destination, source, row, key, purpose, 0)
        self.give_class(youth, source)
        self.give_birth(youth, source, now)
        youth.looked = now
        self.arrive_or_leave(youth, to, source, now)

    def give_class(self, youth: Youth, source: int) -> None:
        priorities = self.network.features.priorities
        if priorities is not None:
            shares = list(priorities.share[self.row(youth), source])
            youth.urgency = first_above(shares, uniform(youth.key, Purpose.PRIORITY, 0))

    def give_birth(self, youth: Youth, origin: int, now: float) -> None:
        """An age by the shares of the years of life, evenly spread within a year."""
        ages = self.network.features.ages
        if ages is not None:
            row = self.row(youth) if len(ages.share) > 1 else 0
            shares, u = [0.0, *ages.share[row, origin]], uniform(youth.key, Purpose.AGE, 0)
            year = first_above(shares[1:], u)
            age = year + (u - shares[year]) / (shares[year + 1] - shares[year])
            youth.birth = now - age * 365.25

    def last_day(self, youth: Youth, care_type: int) -> float:
        ages = self.network.features.ages
        if ages is None:
            return math.inf
        return youth.birth + float(ages.until_days[self.row(youth), care_type])

    def class_on(self, youth: Youth, now: float) -> int:
        ages = self.network.features.ages
        if ages is not None:
            for k in range(youth.urgency):
                if ages.class_from[k] <= now - youth.birth < ages.class_to[k]:
                    return k
        return youth.urgency

    def arrive_or_leave(self, youth: Youth, to: int, origin: int, now: float) -> None:
        """Go to a care type, or out of care when too old for it or when that is where it goes."""
        if to < self.network.types:
            self.move(youth, now)
        if to < self.network.types and now >= self.last_day(youth, to):
            to = self.out
        self.go(origin, to)
        if to < self.network.types:
            self.arrive(youth, to, now)

    def move(self, youth: Youth, now: float) -> None:
        """Whether a youth lives elsewhere by now is looked at when it comes to its next care."""
        moving, at = self.network.features.moving, youth.counter
        if moving is not None:
            chance = 1.0 - math.exp(-float(moving.rate[0]) * (now - youth.looked))
            youth.looked = now
            if uniform(youth.key, Purpose.MOVE, at) < chance:
                u = uniform(youth.key, Purpose.MOVE_TO, at)
                youth.group = first_above(list(moving.to[youth.group]), u)
                self.moves += 1

    def arrive(self, youth: Youth, care_type: int, now: float) -> None:
        youth.visit += 1
        youth.care_type, youth.since = care_type, now
        self.note(now, youth, "arrivals", care_type)
        station = self.choose_station(youth, at_once=True)
        if self.has_place(station):
            self.start(youth, station, now)
        else:
            self.wait(youth, station, now)

    def choose_station(self, youth: Youth, *, at_once: bool) -> int:
        known, providers = self.stations[youth.care_type], self.network.features.providers
        if providers is None or len(known) == 1:
            return known[0]
        shares = [float(providers.share[self.row(youth), s]) for s in known]
        drawn = first_above(shares, uniform(youth.key, Purpose.PROVIDER, youth.counter))
        rule = RULES[int(providers.rule[youth.care_type])]
        if rule == "by_share":
            return known[drawn]
        in_order = known[drawn:] + known[:drawn]
        free = [s for s in in_order if at_once and self.has_place(s)]
        if free:
            return free[0]
        if rule == "one_queue":
            return known[0]
        return min(in_order, key=lambda s: len(self.queues[s]))

    def has_place(self, station: int) -> bool:
        budgets = self.network.features.budgets
        if budgets and self.spent[station] >= budgets.ceiling[self.month, station]:
            return False
        return bool(len(self.in_care[station]) < self.network.places[self.month, station])

    def wait(self, youth: Youth, station: int, now: float) -> None:
        care_type, youth.station = youth.care_type, station
        youth.present_class = self.class_on(youth, now)
        self.queues[station].append(youth)
        mean = self.network.patience_mean[self.row(youth), care_type]
        end = math.inf
        if math.isfinite(mean):
            end = now + exponential(youth.key, Purpose.PATIENCE, youth.counter, float(mean))
        last, visit = self.last_day(youth, care_type), youth.visit
        youth.too_old = last <= now
        if last <= end:
            self.plan(max(last, now), lambda t: self.give_up(youth, visit, t, too_old=True))
        elif math.isfinite(end):
            self.plan(end, lambda t: self.give_up(youth, visit, t, too_old=False))

    def give_up(self, youth: Youth, visit: int, now: float, *, too_old: bool) -> None:
        queue, i = self.queues[youth.station], youth.care_type
        if youth.visit != visit or youth not in queue:
            return  # care has begun meanwhile
        queue.remove(youth)
        self.note(now, youth, "leaving", i)
        self.aged_out += too_old
        to, leaving = int(self.network.leave_to[i]), self.network.features.leaving
        if leaving is not None and to == CHOOSES:
            row, at = self.row(youth), youth.counter
            to = self.choose(leaving, i, row, youth.key, Purpose.LEAVE, at)
        if to < 0 or too_old:
            to = self.out
        self.arrive_or_leave(youth, to, self.after_waiting + i, now)

    def start(self, youth: Youth, station: int, now: float) -> None:
        network, i, row = self.network, youth.care_type, self.row(youth)
        self.in_care[station].append(youth)
        youth.station = station
        if network.features.budgets is not None:
            price = network.features.budgets.price_per_start[self.month, youth.group, i]
            self.spent[station] += float(price)
        self.note(now, youth, "starts", i)
        self.waits.append((self.month, station, now - youth.since))
        length = self.new_stay(youth, i, row)
        self.plan_end(youth, now, length, lambda t: self.stay_ends(youth, t))

    def new_stay(self, youth: Youth, i: int, row: int) -> float:
        return self.any_stay(youth, i, row, Purpose.STAY, youth.counter)

    def any_stay(self, youth: Youth, i: int, row: int, purpose: int, at: int) -> float:
        network, shape = self.network, NAMES[int(self.network.shape[i])]
        mean, known = float(network.stay_mean[row, i]), network.features.observed
        if shape == "observed" and known is not None:
            u = uniform(youth.key, purpose, at)
            return mean * float(np.interp(u, known.share[i], known.length[i]))
        a, b = float(network.stay_a[row, i]), float(network.stay_b[row, i])
        return stay(youth.key, purpose, at, shape, mean, a, b)

    def plan_end(
        self, youth: Youth, now: float, length: float, happen: Callable[[float], None]
    ) -> None:
        """Care ends by itself or by age, whichever comes first."""
        last = self.last_day(youth, youth.care_type)
        if last <= now + length:
            self.plan(max(last, now), lambda t: self.care_ends(youth, t, too_old=True))
        else:
            self.plan(now + length, happen)

    def fill(self, station: int, now: float) -> None:
        providers, care_type = self.network.features.providers, self.network.form_of[station]
        queue = self.queues[station]
        if providers is not None and RULES[int(providers.rule[care_type])] == "one_queue":
            queue = self.queues[self.stations[care_type][0]]
        while queue and self.has_place(station):
            youth = min(queue, key=lambda one: one.present_class)  # the first of the most urgent
            queue.remove(youth)
            if youth.too_old:  # on the first day already
                self.note(now, youth, "leaving", int(care_type))
                self.aged_out += 1
                self.go(self.after_waiting + int(care_type), self.out)
                continue
            self.start(youth, station, now)

    def stay_ends(self, youth: Youth, now: float) -> None:
        network, row = self.network, self.row(youth)
        chance = network.extension_probability[row, youth.care_type]
        if uniform(youth.key, Purpose.EXTEND, youth.counter) < chance:
            mean = float(network.extension_mean[row, youth.care_type])
            length = exponential(youth.key, Purpose.EXTENSION, youth.counter, mean)
            self.plan_end(youth, now, length, lambda t: self.care_ends(youth, t))
        else:
            self.care_ends(youth, now)

    def care_ends(self, youth: Youth, now: float, *, too_old: bool = False) -> None:
        network, i, row = self.network, youth.care_type, self.row(youth)
        self.in_care[youth.station].remove(youth)
        self.note(now, youth, "ends", i)
        self.fill(youth.station, now)
        self.aged_out += too_old
        if too_old:
            self.go(self.after_care + i, self.out)
            return
        key, at = youth.key, youth.counter
        made, owner, returns = network.following, i, network.return_probability
        outcomes = network.features.outcomes
        if outcomes is not None:
            made = outcomes.following
            if uniform(key, Purpose.SUCCESS, at) >= outcomes.success[row, i]:
                owner, returns = network.types + i, outcomes.return_without_success
            elif outcomes.success[row, i] <= 1.0:
                self.succeeded += 1
        to = self.choose(made, owner, row, key, Purpose.NEXT, at)
        if to < network.types:
            self.arrive_or_leave(youth, to, self.after_care + i, now)
            return
        self.go(self.after_care + i, to)
        if uniform(key, Purpose.RETURN, at) < returns[row]:
            delay = exponential(key, Purpose.DELAY, at, float(network.return_mean[row]))
            self.plan(now + delay, lambda t: self.come_back(youth, t))

    def come_back(self, youth: Youth, now: float) -> None:
        row, purpose = self.row(youth), Purpose.BACK
        to = self.choose(self.network.back, 0, row, youth.key, purpose, youth.counter)
        self.arrive_or_leave(youth, to, self.from_outside, now)

    def census(self) -> None:
        network, sources = self.network, len(self.network.candidates)
        # By care types of the baseline: new ones change nobody's random numbers.
        known = network.types if network.known_types is None else network.known_types
        for i in range(network.types):
            places = [s for s in self.stations[i] for _ in range(int(network.in_care[s]))]
            for c, station in enumerate(places):
                self.begin_in_care(self.present(sources + i, c, i), station)
        for i in range(network.types):
            waiting, span = int(network.waiting[i]), float(network.waiting_span[i])
            for c in range(waiting):
                youth = self.present(sources + known + i, c, i)
                u = uniform(youth.key, Purpose.CENSUS_WAIT, 0)
                part = (waiting - c - u) / waiting
                youth.since = -span * part
                if network.waited is not None and network.waited.share[i, -1] == 1.0:
                    shares, days = network.waited.share[i], network.waited.days[i]
                    youth.since = -float(np.interp(part, shares, days))
                self.wait(youth, self.choose_station(youth, at_once=False), 0.0)
        for c in range(network.returning):
            self.still_away(self.present(sources + 2 * known, c, network.types))

    def still_away(self, youth: Youth) -> None:
        mean = float(self.network.return_mean[self.row(youth)])
        delay = exponential(youth.key, Purpose.DELAY, 0, mean)
        self.plan(delay, lambda t: self.come_back(youth, t))

    def present(self, owner: int, number: int, care_type: int) -> Youth:
        key = child_key(self.key, owner, number)
        u = uniform(key, Purpose.GROUP, 0)
        youth = Youth(key, first_above(list(self.network.start_groups), u))
        youth.care_type = care_type
        self.give_class(youth, len(self.network.candidates))
        self.give_birth(youth, len(self.network.candidates) + care_type, 0.0)
        return youth

    def begin_in_care(self, youth: Youth, station: int) -> None:
        network, i, row, key = self.network, youth.care_type, self.row(youth), youth.key
        self.in_care[station].append(youth)
        youth.station = station
        shape, mean = NAMES[int(network.shape[i])], float(network.stay_mean[row, i])
        a, b = float(network.stay_a[row, i]), float(network.stay_b[row, i])
        longer = float(network.extension_mean[row, i])
        extra = float(network.extension_probability[row, i]) * longer
        known = network.features.observed
        seen = network.in_care_since
        if network.fresh:
            length = self.new_stay(youth, i, row)
        elif seen is not None and seen.share[i, -1] == 1.0:
            u = uniform(key, Purpose.CENSUS_SINCE, 0)
            so_far = float(np.interp(u, seen.share[i], seen.days[i]))
            self.begin_in_care_since(youth, i, row, so_far)
            return
        elif uniform(key, Purpose.CENSUS_PHASE, 0) * (mean + extra) < mean:
            purposes = (int(Purpose.CENSUS_STAY), int(Purpose.CENSUS_AGE))
            if shape == "observed" and known is not None:
                table = (list(known.length[i]), list(known.weight[i]))
                length = mean * residual_observed(key, purposes, *table)
            else:
                length = residual(key, purposes, shape, mean, a, b)
        else:
            length = exponential(key, Purpose.CENSUS_STAY, 0, longer)
            self.plan_end(youth, 0.0, length, lambda t: self.care_ends(youth, t))
            return
        self.plan_end(youth, 0.0, length, lambda t: self.stay_ends(youth, t))

    def begin_in_care_since(self, youth: Youth, i: int, row: int, so_far: float) -> None:
        """Draw lives in care until one is longer than it has been so far."""
        network, key = self.network, youth.key
        mean, longer = float(network.stay_mean[row, i]), float(network.extension_mean[row, i])
        chance = float(network.extension_probability[row, i])
        if NAMES[int(network.shape[i])] == "exponential":
            in_stay = math.exp(-so_far / mean)
            after_it = chance * so_far / mean * in_stay
            if not math.isclose(mean, longer):
                later = math.exp(-so_far / longer)
                after_it = chance * longer / (mean - longer) * (in_stay - later)
            prolonged = uniform(key, Purpose.CENSUS_PHASE, 0) * (in_stay + after_it) >= in_stay
            left = exponential(key, Purpose.CENSUS_STAY, 0, longer if prolonged else mean)
            self.plan_rest(youth, left, prolonged=prolonged)
            return
        for attempt in range(1000):
            at = attempt * VISIT
            length = self.any_stay(youth, i, row, Purpose.CENSUS_STAY, at)
            if length > so_far:
                self.plan_rest(youth, length - so_far, prolonged=False)
                return
            if uniform(key, Purpose.CENSUS_PHASE, at) < chance:
                length += exponential(key, Purpose.CENSUS_EXTENSION, at, longer)
                if length > so_far:
                    self.plan_rest(youth, length - so_far, prolonged=True)
                    return
        u = uniform(key, Purpose.CENSUS_AGE, 0)  # no stay is that long: gone within a month
        self.plan_rest(youth, u * 365.25 / 12, prolonged=True)

    def plan_rest(self, youth: Youth, left: float, *, prolonged: bool) -> None:
        if prolonged:
            self.plan_end(youth, 0.0, left, lambda t: self.care_ends(youth, t))
        else:
            self.plan_end(youth, 0.0, left, lambda t: self.stay_ends(youth, t))
