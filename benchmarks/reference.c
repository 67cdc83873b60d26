/* The benchmark models in C: a yardstick for what the machine can do, and nothing else.
 *
 * Reads a model as plain numbers from standard input (see c_reference.py, which writes them), simulates it
 * RUNS times on one thread and prints counts and waits by care form, one line a run, and the time it took.
 * The rules are those of the shared benchmark. An event list of buckets, patience looked at when a place comes
 * free, alias tables, xoshiro256++ (Blackman and Vigna 2019) and ziggurats (Marsaglia and Tsang 2000).
 *
 * It has what makes C fast here and nothing of what the product needs: no shared fates, no months, no
 * municipalities, no changes over time.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NOBODY = -1, ENDS, RETURNS, ARRIVES };
enum { EXPONENTIAL, LOGNORMAL };

typedef struct {
    double time, since, deadline;
    int next, behind;
    short node, kind;
} Youth;

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
    long arrivals, starts, ends, reneges, waits;
    double wait_sum;
    double *wait;
    size_t room;
} Node;

typedef struct {
    double rate;
    Alias destination;
} Source;

static uint64_t word[4];
static Node *node;
static Source *source;
static Alias back;
static Youth *youth;
static int nodes, sources, slots, free_top, *free_slot, *bucket, buckets, present;
static double horizon, warmup, returns, return_mean, per_day;

/* ---- random numbers ---- */

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t bits(void) {
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

static inline double uniform(void) { return ((double)(bits() >> 11) + 0.5) * 0x1.0p-53; }

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
    layers(normal_x, normal_y, 3.6541528853610088, 0.00492867323399, 1);
}

static inline double exponential(void) {
    for (double add = 0.0;;) {
        const uint64_t b = bits();
        const int i = b & 255;
        const double x = (double)(b >> 11) * 0x1.0p-53 * exp_x[i];
        if (x < exp_x[i + 1]) return add + x;
        if (i == 0) {
            add += exp_x[1];
            continue;
        }
        if (exp_y[i] + uniform() * (exp_y[i + 1] - exp_y[i]) < exp(-x)) return add + x;
    }
}

static inline double gaussian(void) {
    for (;;) {
        const uint64_t b = bits();
        const int i = b & 255;
        const double sign = b & 256 ? 1.0 : -1.0, x = (double)(b >> 11) * 0x1.0p-53 * normal_x[i];
        if (x < normal_x[i + 1]) return sign * x;
        if (i == 0) {
            double far, up;
            do {
                far = exponential() / normal_x[1];
                up = exponential();
            } while (up + up < far * far);
            return sign * (normal_x[1] + far);
        }
        if (normal_y[i] + uniform() * (normal_y[i + 1] - normal_y[i]) < exp(-0.5 * x * x)) return sign * x;
    }
}

static inline int choose(const Alias *table) {
    const double u = uniform() * table->size;
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

static inline void insert(int y, int *head) {
    int *at = head;
    while (*at != NOBODY && youth[*at].time <= youth[y].time) at = &youth[*at].next;
    youth[y].next = *at;
    *at = y;
}

static void release(int y) { free_slot[free_top++] = y; }

static inline void plan(int y, int kind, double time) {
    if (time >= horizon) { /* nothing happens to this youth any more */
        if (kind == RETURNS) release(y);
        return;
    }
    youth[y].kind = (short)kind;
    youth[y].time = time;
    const int b = (int)(time * per_day);
    if (b == present) insert(y, &bucket[b]);
    else {
        youth[y].next = bucket[b];
        bucket[b] = y;
    }
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
    v->taken++;
    v->starts++;
    if (youth[y].since > warmup) {
        const double wait = now - youth[y].since;
        v->wait_sum += wait;
        if ((size_t)v->waits == v->room) v->wait = realloc(v->wait, sizeof(double) * (v->room = 2 * v->room + 1024));
        v->wait[v->waits++] = wait;
    }
    plan(y, ENDS, now + (v->shape == EXPONENTIAL ? v->mean * exponential() : exp(v->mu + v->sigma * gaussian())));
}

static inline void arrive(int y, int i, double now) {
    Node *v = &node[i];
    v->arrivals++;
    youth[y].node = (short)i;
    youth[y].since = now;
    if (v->taken < v->places) {
        begin(y, i, now);
        return;
    }
    youth[y].deadline = v->patience > 0.0 ? now + v->patience * exponential() : INFINITY;
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
            begin(y, i, now);
            return;
        }
        v->reneges++;
        release(y);
    }
}

static inline void happen(int y, double now) {
    if (youth[y].kind == ARRIVES) {
        const Source *s = &source[y];
        plan(y, ARRIVES, now + exponential() / s->rate);
        arrive(newcomer(), choose(&s->destination), now);
    } else if (youth[y].kind == RETURNS) {
        arrive(y, choose(&back), now);
    } else {
        const int i = youth[y].node, to = choose(&node[i].following);
        node[i].ends++;
        freed(i, now);
        if (to < nodes) arrive(y, to, now);
        else if (uniform() < returns) plan(y, RETURNS, now + return_mean * exponential());
        else release(y);
    }
}

static long simulate(void) {
    for (int i = 0; i < nodes; i++) {
        Node *v = &node[i];
        v->taken = 0;
        v->head = v->tail = NOBODY;
        v->arrivals = v->starts = v->ends = v->reneges = v->waits = 0;
        v->wait_sum = 0.0;
    }
    memset(bucket, 0xff, sizeof(int) * buckets);
    present = -1;
    free_top = 0;
    for (int y = slots - 1; y >= sources; y--) free_slot[free_top++] = y;
    for (int s = 0; s < sources; s++) plan(s, ARRIVES, exponential() / source[s].rate);
    for (int i = 0; i < nodes; i++)
        for (int c = 0; c < node[i].initial; c++) arrive(newcomer(), i, 0.0);
    for (int b = 0; b < buckets; b++) {
        int y = bucket[b];
        bucket[b] = NOBODY;
        present = b;
        while (y != NOBODY) {
            const int next = youth[y].next;
            insert(y, &bucket[b]);
            y = next;
        }
        while ((y = bucket[b]) != NOBODY) {
            bucket[b] = youth[y].next;
            happen(y, youth[y].time);
        }
    }
    long events = 0;
    for (int i = 0; i < nodes; i++) {
        for (int y = node[i].head; y != NOBODY; y = youth[y].behind) node[i].reneges += youth[y].deadline < horizon;
        events += node[i].arrivals + node[i].starts + node[i].ends + node[i].reneges;
    }
    return events;
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
    double coming = 0.0, present_at_start = 0.0;
    nodes = (int)number();
    sources = (int)number();
    horizon = number();
    warmup = number();
    source = calloc(sources, sizeof *source);
    node = calloc(nodes, sizeof *node);
    for (int s = 0; s < sources; s++) {
        coming += source[s].rate = number();
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
    }
    for (int i = 0; i < nodes; i++) node[i].following = choice(nodes, 1);
    returns = number();
    return_mean = number();
    back = choice(nodes, 0);
    /* Room for everybody present at once with a wide margin; running out is an error, not a wrong answer. */
    slots = sources + 20000 + (int)(2.0 * present_at_start + 200.0 * coming);
    youth = calloc(slots, sizeof *youth);
    free_slot = calloc(slots, sizeof *free_slot);
    const double a_day = coming + (present_at_start > 0.0 ? present_at_start / 250.0 : coming);
    per_day = fmax(1.0, ceil(a_day / 5.0));
    buckets = (int)(horizon * per_day) + 1;
    bucket = malloc(sizeof(int) * buckets);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
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
        for (int i = 0; i < nodes; i++) {
            Node *v = &node[i];
            qsort(v->wait, v->waits, sizeof(double), ascending);
            printf("%ld %ld %ld %ld %.9g %.9g ", v->arrivals, v->starts, v->ends, v->reneges,
                   v->waits ? v->wait_sum / v->waits : NAN, v->waits ? v->wait[(long)(0.9 * (v->waits - 1))] : NAN);
        }
        printf("\n");
    }
    printf("%ld %.9f\n", events, spent);
    return 0;
}
