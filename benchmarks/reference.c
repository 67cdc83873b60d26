/* The benchmark models in C: a yardstick for what the machine can do, and nothing else.
 *
 * Reads a model as plain numbers from standard input (see c_reference.py, which writes them), simulates it
 * RUNS times on one thread and prints counts and waits by care form, one line a run, and the time it took.
 * The rules are those of the shared benchmark. An event list of buckets with a bit for each,
 * which knows the next event and the next youth to come one ahead; patience looked at when a place comes free,
 * alias tables and ziggurats (Marsaglia and Tsang 2000).
 *
 * It writes down what the product does, by month: counts with the time left of the month, days waited and in
 * care, flows and a histogram of waits. Random numbers come one after another from xoshiro256++ (Blackman and
 * Vigna 2019), as a program in C would have them; compiled with -DSHARED_FATES each is a hash of a youth, a
 * purpose and a counter, as the product needs it. Of what the product has besides, it has nothing: no
 * municipalities, no changes over time, no scenario.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NOBODY = -1, ENDS, RETURNS };
enum { EXPONENTIAL, LOGNORMAL };

typedef struct {
    double time, since, deadline;
    int next, behind;
    short node, kind;
#ifdef SHARED_FATES
    int visit;
    uint64_t key;
#endif
} Youth;

/* What is written down of a month and a care form. */
typedef struct {
    double arrivals, arrivals_left, starts, starts_left, ends, ends_left, reneges, reneges_left;
    double queue_time, within_norm, waits, wait_sum, care_time, waiting_since;
} Cell;

typedef struct {
    int size;
    double *keep;
    int *other;
} Alias;

typedef struct {
    int places, shape, initial;
    double mean, mu, sigma, patience;
    Alias following; /* the last choice is: leaves */
    int taken, head, tail;
} Node;

typedef struct {
    double rate, next, after; /* when the next youth comes, and the one after */
    Alias destination;
} Source;

enum { BINS_PER_OCTAVE = 16, LOWEST_OCTAVE = -6, OCTAVES = 19, BINS = 1 + BINS_PER_OCTAVE * OCTAVES };
enum { GAP = 2, DESTINATION = 5, PATIENCE = 8, STAY = 9, NEXT = 12, RETURN = 15, DELAY = 16, BACK = 17 };
static Node *node;
static Source *source;
static Alias back;
static Youth *youth;
static int nodes, sources, soonest, slots, free_top, *free_slot;
static int *bucket, words, present, ordered, coming; /* coming: whose event is the next of the present word */
static uint64_t *word_of, taken;                     /* a bit for each bucket; those of the present word */
static double horizon, warmup, returns, return_mean, per_day, norm = INFINITY;
static int months, month, *month_of_day, *flow, *histogram;
static double *month_end;
static Cell *cell;

/* ---- random numbers ---- */

#ifdef SHARED_FATES

static uint64_t run_key;

static inline uint64_t mix(uint64_t x) { /* moremur (Evensen 2019) */
    x ^= x >> 27;
    x *= 0x3c79ac492ba7b653ULL;
    x ^= x >> 33;
    x *= 0x1c69b3f74ac4ae35ULL;
    return x ^ (x >> 27);
}

static inline uint64_t child(uint64_t owner, uint64_t number) {
    const uint64_t x = mix(run_key + (owner + 1) * 0xaf251af3b0f025b5ULL);
    return mix(x + (number + 1) * 0x9e3779b97f4a7c15ULL);
}

static inline uint64_t bits(uint64_t key, uint64_t purpose, uint64_t counter) {
    return mix(key + purpose * 0xd1342543de82ef95ULL + counter * 0x9e3779b97f4a7c15ULL);
}

static void seed_with(uint64_t seed) { run_key = mix(seed); }

#define WHO(y) youth[y].key
#define WHEN(y) ((uint64_t)youth[y].visit << 20)
#define FURTHER ((uint64_t)1 << 20)

#else

static uint64_t word[4];

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t bits(uint64_t key, uint64_t purpose, uint64_t counter) {
    (void)key, (void)purpose, (void)counter;
    const uint64_t result = rotate(word[0] + word[3], 23) + word[0], t = word[1] << 17;
    word[2] ^= word[0];
    word[3] ^= word[1];
    word[1] ^= word[2];
    word[0] ^= word[3];
    word[2] ^= t;
    word[3] = rotate(word[3], 45);
    return result;
}

static void seed_with(uint64_t seed) { /* splitmix64 */
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        word[i] = z ^ (z >> 31);
    }
}

#define WHO(y) 0
#define WHEN(y) 0
#define FURTHER 0

#endif

static inline double uniform(uint64_t key, int purpose, uint64_t counter) {
    return ((double)(int64_t)(bits(key, purpose, counter) >> 11) + 0.5) * 0x1.0p-53;
}

#define LAYERS 256
static double exp_x[LAYERS + 1], exp_y[LAYERS + 1], normal_x[LAYERS + 1], normal_y[LAYERS + 1];

static void layers(double *x, double *y, double r, double area, int normal) {
    x[0] = area / (normal ? exp(-0.5 * r * r) : exp(-r));
    x[1] = r;
    for (int i = 2; i < LAYERS; i++) {
        const double top = area / x[i - 1] + (normal ? exp(-0.5 * x[i - 1] * x[i - 1]) : exp(-x[i - 1]));
        x[i] = normal ? sqrt(-2.0 * log(top)) : -log(top);
    }
    x[LAYERS] = 0.0;
    for (int i = 0; i <= LAYERS; i++) y[i] = normal ? exp(-0.5 * x[i] * x[i]) : exp(-x[i]);
}

static void make_layers(void) {
    layers(exp_x, exp_y, 7.69711747013104972, 0.0039496598225815571993, 0);
    layers(normal_x, normal_y, 3.6541528853610088, 0.00492867323397465, 1);
}

static inline double exponential(uint64_t key, int purpose, uint64_t counter) {
    for (double add = 0.0;; counter += 2) {
        const uint64_t b = bits(key, purpose, counter);
        const int i = b & 255;
        const double x = (double)(int64_t)(b >> 11) * 0x1.0p-53 * exp_x[i];
        if (x < exp_x[i + 1]) return add + x;
        if (i == 0) {
            add += exp_x[1];
            continue;
        }
        if (exp_y[i] + uniform(key, purpose, counter + 1) * (exp_y[i + 1] - exp_y[i]) < exp(-x)) return add + x;
    }
}

static inline double gaussian(uint64_t key, int purpose, uint64_t counter) {
    for (;; counter += 2) {
        const uint64_t b = bits(key, purpose, counter);
        const int i = b & 255;
        const double sign = b & 256 ? 1.0 : -1.0, x = (double)(int64_t)(b >> 11) * 0x1.0p-53 * normal_x[i];
        if (x < normal_x[i + 1]) return sign * x;
        if (i == 0) {
            double far, up;
            do {
                far = -log(uniform(key, purpose, counter + 1)) / normal_x[1];
                up = -log(uniform(key, purpose, counter + 2));
                counter += 2;
            } while (up + up < far * far);
            return sign * (normal_x[1] + far);
        }
        const double low = normal_y[i], high = normal_y[i + 1];
        if (low + uniform(key, purpose, counter + 1) * (high - low) < exp(-0.5 * x * x)) return sign * x;
    }
}

static inline int choose(const Alias *table, uint64_t key, int purpose, uint64_t counter) {
    const double u = uniform(key, purpose, counter) * table->size;
    const int i = (int)u;
    return u - i < table->keep[i] ? i : table->other[i];
}

static Alias alias(const double *p, int size) { /* Vose (1991) */
    Alias a = {size, malloc(sizeof(double) * size), malloc(sizeof(int) * size)};
    int *small = malloc(sizeof(int) * size), *large = malloc(sizeof(int) * size), s = 0, l = 0;
    double *scaled = malloc(sizeof(double) * size);
    for (int i = 0; i < size; i++) {
        scaled[i] = p[i] * size;
        a.keep[i] = 1.0;
        a.other[i] = i;
        if (scaled[i] < 1.0) small[s++] = i;
        else large[l++] = i;
    }
    while (s && l) {
        const int lower = small[--s], upper = large[--l];
        a.keep[lower] = scaled[lower];
        a.other[lower] = upper;
        scaled[upper] -= 1.0 - scaled[lower];
        if (scaled[upper] < 1.0) small[s++] = upper;
        else large[l++] = upper;
    }
    free(small);
    free(large);
    free(scaled);
    return a;
}

/* ---- the event list ---- */

static void insert(int y, int *head) {
    int *at = head;
    while (*at != NOBODY && youth[*at].time <= youth[y].time) at = &youth[*at].next;
    youth[y].next = *at;
    *at = y;
}

static void put_in_order(int b) {
    if (b == ordered) return;
    ordered = b;
    int y = bucket[b];
    bucket[b] = NOBODY;
    while (y != NOBODY) {
        const int next = youth[y].next;
        insert(y, &bucket[b]);
        y = next;
    }
}

/* Whose event is the next of the present word: nobody's when no bit is set. */
static inline void look(void) {
    if (taken == 0) {
        coming = NOBODY;
        return;
    }
    const int b = present * 64 + __builtin_ctzll(taken);
    if (youth[bucket[b]].next != NOBODY) put_in_order(b);
    coming = bucket[b];
}

static void release(int y) { free_slot[free_top++] = y; }

static inline void plan(int y, int kind, double time) {
    if (time >= horizon) { /* nothing happens to this youth any more */
        if (kind == RETURNS) release(y);
        return;
    }
    youth[y].kind = (short)kind;
    youth[y].time = time;
    const int b = (int)(time * per_day), w = b / 64;
    const uint64_t bit = (uint64_t)1 << (b % 64);
    if (w != present) {
        word_of[w] |= bit;
        youth[y].next = bucket[b];
        bucket[b] = y;
        return;
    }
    taken |= bit;
    if (b == ordered) insert(y, &bucket[b]);
    else {
        youth[y].next = bucket[b];
        bucket[b] = y;
    }
    look();
}

/* Take the next event from the list, and look who is the one after. */
static inline void take(void) {
    const int y = coming, b = present * 64 + __builtin_ctzll(taken);
    bucket[b] = youth[y].next;
    if (bucket[b] == NOBODY) taken &= taken - 1;
    look();
}

/* ---- what is written down ---- */

static inline Cell *now_at(int i) { return &cell[month * nodes + i]; }

static inline double left_at(double now) { return month_end[month] - now; }

static inline void go(int m, int origin, int to) { flow[(m * (sources + 2 * nodes + 1) + origin) * (nodes + 2) + to]++; }

static inline int wait_bin(double wait) {
    int64_t whole;
    memcpy(&whole, &wait, sizeof whole);
    const int64_t k = 1 + (whole >> 48) - (1023 + LOWEST_OCTAVE) * BINS_PER_OCTAVE;
    return k < 0 ? 0 : k >= BINS ? BINS - 1 : (int)k;
}

static void renege(int y) {
    const double end = youth[y].deadline;
    const int m = month_of_day[(int)end], i = youth[y].node;
    Cell *c = &cell[m * nodes + i];
    c->reneges++;
    c->reneges_left += month_end[m] - end;
    c->queue_time += end - youth[y].since;
    c->waiting_since -= youth[y].since;
    go(m, sources + nodes + i, nodes + 1);
}

/* ---- the model ---- */

static int newcomer(void) {
    if (free_top == 0) {
        fprintf(stderr, "more youths at once than there is room for\n");
        exit(1);
    }
    return free_slot[--free_top];
}

static inline void begin(int y, int i, double now) {
    Node *v = &node[i];
    Cell *c = now_at(i);
    v->taken++;
    c->starts++;
    c->starts_left += left_at(now);
    const double wait = now - youth[y].since;
    c->queue_time += wait;
    if (youth[y].since > warmup) {
        c->waits++;
        c->wait_sum += wait;
        c->within_norm += wait <= norm;
        histogram[(month * nodes + i) * BINS + wait_bin(wait)]++;
    }
    youth[y].since = now;
    const double length = v->shape == EXPONENTIAL ? v->mean * exponential(WHO(y), STAY, WHEN(y))
                                                  : exp(v->mu + v->sigma * gaussian(WHO(y), STAY, WHEN(y)));
    if (now + length >= horizon) c->care_time += horizon - now;
    plan(y, ENDS, now + length);
}

static inline void arrive(int y, int i, double now) {
    Node *v = &node[i];
    Cell *c = now_at(i);
    c->arrivals++;
    c->arrivals_left += left_at(now);
    youth[y].node = (short)i;
    youth[y].since = now;
#ifdef SHARED_FATES
    youth[y].visit++;
#endif
    if (v->taken < v->places) {
        begin(y, i, now);
        return;
    }
    c->waiting_since += now;
    youth[y].deadline = v->patience > 0.0 ? now + v->patience * exponential(WHO(y), PATIENCE, WHEN(y)) : INFINITY;
    youth[y].behind = NOBODY;
    if (v->head == NOBODY) v->head = y;
    else youth[v->tail].behind = y;
    v->tail = y;
}

static inline void freed(int i, double now) {
    Node *v = &node[i];
    v->taken--;
    while (v->head != NOBODY) {
        const int y = v->head;
        v->head = youth[y].behind;
        if (youth[y].deadline > now) {
            now_at(i)->waiting_since -= youth[y].since;
            begin(y, i, now);
            return;
        }
        renege(y);
        release(y);
    }
}

/* The source that sends the next youth. There are few of them: they stay out of the event list. */
static inline void look_ahead(void) {
    soonest = 0;
    for (int s = 1; s < sources; s++)
        if (source[s].next < source[soonest].next) soonest = s;
}

/* A youth comes from the source numbered like record y, which holds the random numbers of the source. */
static inline void come(int y, double now) {
    Source *s = &source[y];
    const int one = newcomer();
#ifdef SHARED_FATES
    youth[one].key = child(y, youth[y].visit);
    youth[one].visit = 0;
    youth[y].visit++;
#endif
    s->next = s->after;
    s->after += exponential(WHO(y), GAP, WHEN(y) + FURTHER) / s->rate;
    look_ahead();
    const int to = choose(&s->destination, WHO(one), DESTINATION, 0);
    go(month, y, to);
    arrive(one, to, now);
}

static inline void happen(int y, double now) {
    if (youth[y].kind == RETURNS) {
        const int to = choose(&back, WHO(y), BACK, WHEN(y));
        go(month, sources + 2 * nodes, to);
        arrive(y, to, now);
    } else {
        const int i = youth[y].node, to = choose(&node[i].following, WHO(y), NEXT, WHEN(y));
        Cell *c = now_at(i);
        c->ends++;
        c->ends_left += left_at(now);
        c->care_time += now - youth[y].since;
        freed(i, now);
        go(month, sources + i, to < nodes ? to : nodes + 1);
        if (to < nodes) arrive(y, to, now);
        else if (uniform(WHO(y), RETURN, WHEN(y)) < returns)
            plan(y, RETURNS, now + return_mean * exponential(WHO(y), DELAY, WHEN(y)));
        else release(y);
    }
}

static long simulate(void) {
    for (int i = 0; i < nodes; i++) {
        node[i].taken = 0;
        node[i].head = node[i].tail = NOBODY;
    }
    memset(cell, 0, sizeof *cell * months * nodes);
    memset(flow, 0, sizeof *flow * months * (sources + 2 * nodes + 1) * (nodes + 2));
    memset(histogram, 0, sizeof *histogram * months * nodes * BINS);
    memset(bucket, 0xff, sizeof(int) * words * 64);
    memset(word_of, 0, sizeof *word_of * words);
    present = ordered = -1;
    free_top = month = 0;
    for (int y = slots - 1; y >= sources; y--) free_slot[free_top++] = y;
    for (int s = 0; s < sources; s++) {
#ifdef SHARED_FATES
        youth[s].key = child(s, -1);
        youth[s].visit = 0;
#endif
        source[s].next = exponential(WHO(s), GAP, WHEN(s)) / source[s].rate;
        source[s].after = source[s].next + exponential(WHO(s), GAP, WHEN(s) + FURTHER) / source[s].rate;
    }
    look_ahead();
    for (int i = 0, c = 0; i < nodes; i++)
        for (int k = 0; k < node[i].initial; k++, c++) {
            const int y = newcomer();
#ifdef SHARED_FATES
            youth[y].key = child(sources + i, c);
            youth[y].visit = 0;
#endif
            arrive(y, i, 0.0);
        }
    for (present = 0; present < words; present++) {
        while (month < months - 1 && present * 64 >= month_end[month] * per_day) month++;
        taken = word_of[present];
        word_of[present] = 0;
        look();
        const double end = fmin((present + 1) * 64 / per_day, horizon);
        for (;;) {
            const int y = coming;
            const double next = y == NOBODY ? end : youth[y].time, sent = source[soonest].next;
            if (sent < next) come(soonest, sent);
            else if (y == NOBODY) break;
            else {
                take();
                happen(y, next);
            }
        }
    }
    for (int i = 0; i < nodes; i++)
        for (int y = node[i].head; y != NOBODY; y = youth[y].behind) {
            if (youth[y].deadline < horizon) renege(y);
            else now_at(i)->queue_time += horizon - youth[y].since;
        }
    double events = 0.0;
    for (int k = 0; k < months * nodes; k++)
        events += cell[k].arrivals + cell[k].starts + cell[k].ends + cell[k].reneges;
    return (long)events;
}

/* ---- reading and printing ---- */

static double number(void) {
    double x;
    if (scanf("%lf", &x) != 1) {
        fprintf(stderr, "the model on standard input is incomplete\n");
        exit(1);
    }
    return x;
}

static Alias choice(int size, int leaves) {
    double *p = malloc(sizeof(double) * (size + 1)), rest = 1.0;
    for (int i = 0; i < size; i++) rest -= p[i] = number();
    p[size] = rest > 0.0 ? rest : 0.0;
    const Alias a = alias(p, leaves ? size + 1 : size);
    free(p);
    return a;
}

static void read_model(void) {
    double arriving = 0.0, present_at_start = 0.0, ends_at_start = 0.0, shortest = INFINITY;
    nodes = (int)number();
    sources = (int)number();
    if (nodes < 1 || sources < 1) {
        fprintf(stderr, "the model needs a care form and a source\n");
        exit(1);
    }
    horizon = number();
    warmup = number();
    source = calloc(sources, sizeof *source);
    node = calloc(nodes, sizeof *node);
    for (int s = 0; s < sources; s++) {
        arriving += source[s].rate = number();
        source[s].destination = choice(nodes, 0);
    }
    for (int i = 0; i < nodes; i++) {
        Node *v = &node[i];
        v->places = (int)number();
        v->shape = (int)number();
        v->mean = number();
        v->mu = number();
        v->sigma = number();
        v->patience = number();
        v->initial = (int)number();
        present_at_start += v->initial;
        ends_at_start += v->initial / v->mean;
        shortest = fmin(shortest, v->mean);
    }
    for (int i = 0; i < nodes; i++) node[i].following = choice(nodes, 1);
    returns = number();
    return_mean = number();
    back = choice(nodes, 0);
    /* Room for everybody present at once with a wide margin; running out is an error, not a wrong answer. */
    slots = sources + 20000 + (int)(2.0 * present_at_start + 200.0 * arriving);
    youth = calloc(slots, sizeof *youth);
    free_slot = calloc(slots, sizeof *free_slot);
    /* A word of buckets for so many ends of care, or for an eighth of the shortest care. */
    const double a_day = present_at_start > 0.0 ? ends_at_start : arriving;
    per_day = 64.0 * fmin(16.0, exp2(nearbyint(log2(fmax(1.0, fmax(a_day / 32.0, 8.0 / fmax(shortest, 1.0)))))));
    words = (int)(horizon * per_day) / 64 + 1;
    bucket = malloc(sizeof(int) * words * 64);
    word_of = malloc(sizeof *word_of * words);
    months = (int)(horizon * 12.0 / 365.0 + 0.5);
    month_end = malloc(sizeof *month_end * months);
    month_of_day = malloc(sizeof *month_of_day * ((int)horizon + 1));
    for (int m = 0, day = 0; m < months; m++) {
        month_end[m] = nearbyint((m + 1) * horizon / months);
        while (day < month_end[m]) month_of_day[day++] = m;
    }
    cell = malloc(sizeof *cell * months * nodes);
    flow = malloc(sizeof *flow * months * (sources + 2 * nodes + 1) * (nodes + 2));
    histogram = malloc(sizeof *histogram * months * nodes * BINS);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* A quantile of the waits at a care form, evenly spread within its bin. */
static double quantile(int i, double share) {
    long total = 0, below = 0;
    for (int m = 0; m < months; m++)
        for (int k = 0; k < BINS; k++) total += histogram[(m * nodes + i) * BINS + k];
    for (int k = 0; k < BINS; k++) {
        long here = 0;
        for (int m = 0; m < months; m++) here += histogram[(m * nodes + i) * BINS + k];
        if (here > 0 && below + here >= share * total) {
            if (k == 0) return 0.0;
            const double octave = ldexp(1.0, (k - 1) / BINS_PER_OCTAVE + LOWEST_OCTAVE);
            const double part = (k - 1) % BINS_PER_OCTAVE + (share * total - below) / here;
            return octave * (1.0 + part / BINS_PER_OCTAVE);
        }
        below += here;
    }
    return NAN;
}

static void print_node(int i) {
    Cell sum = {0};
    for (int m = 0; m < months; m++) {
        const Cell *c = &cell[m * nodes + i];
        sum.arrivals += c->arrivals;
        sum.starts += c->starts;
        sum.ends += c->ends;
        sum.reneges += c->reneges;
        sum.waits += c->waits;
        sum.wait_sum += c->wait_sum;
    }
    printf("%.0f %.0f %.0f %.0f %.9g %.9g ", sum.arrivals, sum.starts, sum.ends, sum.reneges,
           sum.waits > 0.0 ? sum.wait_sum / sum.waits : NAN, quantile(i, 0.9));
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: %s RUNS SEED < model\n", words[0]);
        return 2;
    }
    const int runs = atoi(words[1]);
    const uint64_t seed = strtoull(words[2], NULL, 10);
    long events = 0;
    double spent = 0.0;
    make_layers();
    read_model();
    for (int run = 0; run < runs; run++) {
        const double since = seconds();
        seed_with(seed * 1000003 + run);
        events += simulate();
        spent += seconds() - since;
        for (int i = 0; i < nodes; i++) print_node(i);
        printf("\n");
    }
    printf("%ld %.9f\n", events, spent);
    return 0;
}
