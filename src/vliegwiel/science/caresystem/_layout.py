"""Where things lie in the kernel's memory: the header, a youth's record, a cell of the counts.

Numbers are byte offsets. The header is a list of 64-bit integers: sizes, single numbers and the
addresses of the tables, a few 64-bit floats; :mod:`.workspace` fills it in this order.
"""

from __future__ import annotations

HEADER = (
    # sizes
    "types", "sources", "months", "groups", "slots", "fresh", "key", "returning",
    "stations", "classes", "age_bands", "age_stride", "following_owners", "quantiles",
    "known_types", "elapsed_points",
    # single numbers, floats
    "horizon", "norm_days", "waits_from", "buckets_per_day",
    # state of the run: what belongs to the present month; next_event and next_candidate are floats
    "month", "month_end", "month_rows", "month_cells", "month_flows", "month_waits",
    "month_stations", "month_places",
    "present_span", "present_taken",
    "next_youth", "next_event", "next_link", "next_source", "next_candidate",
    "free_first", "slots_used", "failed",
    # addresses of tables. Chances that are only compared with a draw stand in steps, as whole
    # numbers (see `kernel.steps_below`): group_cum, start_groups, accept, return_probability,
    # return_without_success, provider_cum, class_cum and each _reference. The others are fractions.
    "exponential_layers", "normal_layers",
    "month_ends", "month_of_day", "row", "candidates", "group_cum", "accept",
    "destination_reference", "destination_keep", "destination_change",
    "parameters",
    "following_reference", "following_keep", "following_change",
    "return_probability", "return_mean",
    "back_reference", "back_keep", "back_change",
    "places", "in_care_start", "waiting_start", "start_groups",
    "waited_share", "waited_days", "in_care_since_share", "in_care_since_days",
    # addresses of tables that a plain model does without
    "form_of", "first_station", "queue_rule", "provider_cum", "class_cum",
    "ceiling", "price_per_day", "price_per_start", "new_year",
    "age_cum", "class_from", "class_to", "return_without_success",
    "leaving_reference", "leaving_keep", "leaving_change",
    "observed_share", "observed_length", "observed_weight", "moving_rate", "moving_to",
    # addresses of state
    "records", "span_heads", "bucket_heads", "present", "in_care", "queue_head", "queue_tail",
    "counts", "histogram", "flows", "trace", "trace_room", "trace_youths",
    "extras", "queue_length", "spent", "spent_at", "spending", "in_care_of", "station_counts",
)  # fmt: skip
(
    TYPES, SOURCES, MONTHS, GROUPS, SLOTS, FRESH, KEY, RETURNING,
    STATIONS, CLASSES, AGE_BANDS, AGE_STRIDE, FOLLOWING_OWNERS, QUANTILES,
    KNOWN_TYPES, ELAPSED_POINTS,
    HORIZON, NORM_DAYS, WAITS_FROM, BUCKETS_PER_DAY,
    MONTH, MONTH_END, MONTH_ROWS, MONTH_CELLS, MONTH_FLOWS, MONTH_WAITS,
    MONTH_STATIONS, MONTH_PLACES,
    PRESENT_SPAN, PRESENT_TAKEN,
    NEXT_YOUTH, NEXT_EVENT, NEXT_LINK, NEXT_SOURCE, NEXT_CANDIDATE,
    FREE_FIRST, SLOTS_USED, FAILED,
    EXPONENTIAL_LAYERS, NORMAL_LAYERS,
    MONTH_ENDS, MONTH_OF_DAY, ROW, CANDIDATES, GROUP_CUM, ACCEPT,
    DESTINATION_REFERENCE, DESTINATION_KEEP, DESTINATION_CHANGE,
    PARAMETERS,
    FOLLOWING_REFERENCE, FOLLOWING_KEEP, FOLLOWING_CHANGE,
    RETURN_PROBABILITY, RETURN_MEAN,
    BACK_REFERENCE, BACK_KEEP, BACK_CHANGE,
    PLACES, IN_CARE_START, WAITING_START, START_GROUPS,
    WAITED_SHARE, WAITED_DAYS, IN_CARE_SINCE_SHARE, IN_CARE_SINCE_DAYS,
    FORM_OF, FIRST_STATION, QUEUE_RULE, PROVIDER_CUM, CLASS_CUM,
    CEILING, PRICE_PER_DAY, PRICE_PER_START, NEW_YEAR,
    AGE_CUM, CLASS_FROM, CLASS_TO, RETURN_WITHOUT_SUCCESS,
    LEAVING_REFERENCE, LEAVING_KEEP, LEAVING_CHANGE,
    OBSERVED_SHARE, OBSERVED_LENGTH, OBSERVED_WEIGHT, MOVING_RATE, MOVING_TO,
    RECORDS, SPAN_HEADS, BUCKET_HEADS, PRESENT, IN_CARE, QUEUE_HEAD, QUEUE_TAIL,
    COUNTS, HISTOGRAM, FLOWS, TRACE, TRACE_ROOM, TRACE_YOUTHS,
    EXTRAS, QUEUE_LENGTH, SPENT, SPENT_AT, SPENDING, IN_CARE_OF, STATION_COUNTS,
) = range(0, 8 * len(HEADER), 8)  # fmt: skip

#: Bytes in a line of the processor's cache.
LINE = 64

#: A youth's record: one cache line. A youth is known by where the record lies among the records, so
#: that finding it takes an addition. Nobody's lies before the first.
RECORD = LINE
NOBODY = -RECORD
Y_TIME = 0  # float: coming event, or the end of patience while waiting
Y_KEY = 8  # int: key of the random numbers
Y_SINCE = 16  # float: arrival at the present care type
Y_NEXT = 24  # short: next in the span or bucket; of a free record, the next free one
Y_BEHIND = 28  # short: next in the queue
Y_AHEAD = 32  # short: previous in the queue
Y_VISIT = 36  # short: number of care types reached so far
Y_TYPE = 40  # short: present care type
Y_KIND = 44  # short: kind of the coming event
Y_GROUP = 48  # short: group of municipalities
Y_CELL = 52  # short: where group and care type lie in the counts of a month and in `present`

#: The first records are of the sources, with the same key and, for Y_VISIT, the next candidate's
#: number from 1.
S_TIME = Y_TIME  # float: when the next candidate comes
S_AFTER = 16  # float: when the one after that comes
S_RATE = 24  # float: candidates a day in the month of that
S_END = 40  # float: end of that month
S_MONTH = 48  # short: number of that month
S_OWNER = 56  # int: what the keys of the candidates begin with

#: Buckets of the present span of the calendar: as many as a word has bits.
BUCKET_BITS = 6
BUCKETS = 1 << BUCKET_BITS

#: What a youth has besides in a model that is not plain: half a cache line, in the same order.
EXTRA = 32
X_BIRTH = 0  # float: day of birth
X_CLASS = 8  # short: class of priority
X_STATION = 12  # short: where the youth is in care or waits
X_QUEUE = 16  # short: queue in which the youth waits
X_TOO_OLD = 20  # short: 1 when age ends the waiting, not patience
X_LIVES_SINCE = 24  # float: until when it is known in which group of municipalities the youth lives

#: Where those go who stop waiting, besides to a care type: away, noticed when their turn comes;
#: away at that moment, because others look at the length of the queue; or as each of them chooses.
LEAVES, LEAVES_AT_ONCE, CHOOSES = -1, -2, -3

#: How the providers of a care type share its youths.
ONE_QUEUE, BY_SHARE, SHORTEST_QUEUE = range(3)

#: Kinds of event: first those that end care.
STAY_ENDS, EXTENSION_ENDS, AGE_ENDS, STOPS_WAITING, COMES_BACK, NO_EVENT = range(6)

#: Counts of a month, group and care type (64-bit floats), in this order. ``waiting_since`` is the
#: sum of the days of arrival of who joined the queue, less that of who left it: summed over the
#: months so far it is the sum of the days of arrival of everybody who waits. What is often written
#: together stands together.
COUNTED = (
    "arrivals", "arrivals_left", "starts", "starts_left", "ends", "ends_left",
    "leaving", "leaving_left", "queue_time", "within_norm", "waits", "wait_sum",
    "care_time", "waiting_since", "still_waiting", "census", "aged_out", "succeeded",
)  # fmt: skip
(
    ARRIVALS, ARRIVALS_LEFT, STARTS, STARTS_LEFT, ENDS, ENDS_LEFT,
    LEAVING, LEAVING_LEFT, QUEUE_TIME, WITHIN_NORM, WAITS, WAIT_SUM,
    CARE_TIME, WAITING_SINCE, STILL_WAITING, CENSUS, AGED_OUT, SUCCEEDED,
) = range(0, 8 * len(COUNTED), 8)  # fmt: skip
CELL = 8 * len(COUNTED)

#: Parameters of a group and care type, where they lie together. The floats come first; the whole
#: numbers are the shape of the stay and where those go who stop waiting.
PARAMETER = (
    "stay_mean", "stay_a", "stay_b", "extension_probability", "extension_mean", "patience_mean",
    "until_days", "success", "shape", "leave_to",
)  # fmt: skip
(
    STAY_MEAN, STAY_A, STAY_B, EXTENSION_PROBABILITY, EXTENSION_MEAN, PATIENCE_MEAN,
    UNTIL_DAYS, SUCCESS, SHAPE, LEAVE_TO,
) = range(0, 8 * len(PARAMETER), 8)  # fmt: skip

#: A line of the trace: time (float), key of the youth, place in COUNTED, care type.
TRACE_LINE = 32
#: A line beside it of the youth, where it is asked for: group, station, kind of the event that
#: ended a stay, 1 when age ended the waiting, day of birth (float).
YOUTH_LINE = 40

#: Flows of a month, from origin to destination (32-bit integers). Origins: the sources, then care
#: in each type, then the queue of each type (its youths stopped waiting), then coming back from
#: outside. Destinations: the care types, then base provisions, then out of care.

#: Histogram of the waits of who started in a month at a station (32-bit integers): 16 bins an
#: octave by the bits of the float, from 2**-6 to 2**13 days; bin 0 holds what is shorter.
BINS_PER_OCTAVE = 16
LOWEST_OCTAVE = -6
OCTAVES = 19
BINS = 1 + BINS_PER_OCTAVE * OCTAVES
