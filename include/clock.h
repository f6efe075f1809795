/*
 * clock.h - layer 0: the time.  Part of base.h by noun, which includes it.
 *
 * Instants are seconds since 1970-01-01 UTC.  Civil days are counted from
 * 1970-01-01 in Europe/Berlin, whatever TZ says; DAY_NONE is no day.
 */
#ifndef TRESEN_CLOCK_H
#define TRESEN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define DAY_NONE INT32_MIN

/* Must be called once at program start, before any other clock function. */
void clock_init(void);
/*
 * The one way to the time.  TRESEN_NOW replaces it in tests and training:
 * an instant, or the path of a file that holds one and may be rewritten.
 */
int64_t clock_now(void);
int64_t clock_ticks(void);       /* milliseconds that only grow; not wall time */
int64_t clock_micros(void);      /* the same in microseconds */
/* The business day of an instant; and the instant at which a day begins. */
int clock_day(int64_t instant);
int64_t clock_midnight(int day);
/* Local "09:14" of an instant into buffer. */
char *clock_hhmm(int64_t instant, char buffer[static 6]);
/* "2026-11-23T08:14:02Z" into buffer; and back, false if it is no instant. */
char *instant_iso(int64_t instant, char buffer[static 21]);
bool instant_parse(const char *text, int64_t *instant);

/* "2026-11-23" into buffer, "" for DAY_NONE; and back. */
char *day_iso(int day, char buffer[static 11]);
bool day_parse(const char *text, int *day);
int day_from_ymd(int year, int month, int mday);
void day_to_ymd(int day, int *year, int *month, int *mday);
/* 0 Monday ... 6 Sunday. */
int day_weekday(int day);

#endif
