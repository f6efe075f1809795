/*
 * eval_call.c - layer 1: reckoning with checked numbers, and the functions of
 * expressions, a table at the end.  Called by eval.c, which has made sure that
 * all arguments are known.  Must never wrap around: too large is a fault.
 */
#include "expr.h"

#include <string.h>

#include "rules_order.h"
#include "text.h"

#define TOO_LARGE N_("The result is too large.")
#define DAYS_MAX 80000           /* 2189: no deadline and no life ends later */
#define DAYS_MIN (-26000)        /* 1898 */
#define WORKDAYS_MAX 4000

/* ---- arithmetic ---- */

/* To the nearest, halves away from zero. */
static int64_t
rounded(int64_t dividend, int64_t divisor)
{
	int64_t quotient = dividend / divisor, rest = dividend % divisor;
	bool negative = (dividend < 0) != (divisor < 0);

	if (rest < 0)
		rest = -rest;
	if (divisor < 0)
		divisor = -divisor;
	if (rest >= divisor - rest)
		quotient += negative ? -1 : 1;
	return quotient;
}

static struct form_value
divided(const struct arithmetic *rule, int64_t left, int64_t right)
{
	int64_t dividend;

	if (right == 0)
		return value_fault(N_("Nothing can be divided by 0."));
	if (__builtin_mul_overflow(left, rule->times, &dividend) ||
	    (dividend == INT64_MIN && right == -1))
		return value_fault(TOO_LARGE);
	if (rule->op == OP_MOD)
		return value_number(dividend % right);
	if (rule->result == KIND_NUMBER)
		return value_number(dividend / right);
	return value_number(rounded(dividend, right));
}

static struct form_value
as_day(int64_t day)
{
	if (day < DAYS_MIN || day > DAYS_MAX)
		return value_fault(N_("The day lies too far away."));
	return value_number(day);
}

struct form_value
eval_arithmetic(const struct node *n, struct form_value left, struct form_value right)
{
	int64_t a = left.number, b = right.number, result;
	bool wraps;

	if (n->op == OP_DIV || n->op == OP_MOD)
		return divided(n->rule, a, b);
	if (n->op == OP_MUL)
		wraps = __builtin_mul_overflow(a, b, &result);
	else if (n->op == OP_ADD)
		wraps = __builtin_add_overflow(a, b, &result);
	else
		wraps = __builtin_sub_overflow(a, b, &result);
	if (wraps || result == INT64_MIN)
		return value_fault(TOO_LARGE);
	if (n->rule->by > 1)
		result = rounded(result, n->rule->by);
	return n->kind == KIND_DATE ? as_day(result) : value_number(result);
}

/* ---- days ---- */

static int
month_count(int64_t day, int *mday)
{
	int y, m;

	day_to_ymd((int)day, &y, &m, mday);
	return y * 12 + m - 1;
}

/* Whole months from one day to another, negative backwards.  A month is whole
 * on the same day of the next; the 31st is not reached in a month of 30. */
static int64_t
months_between(int64_t from, int64_t to)
{
	int from_day, to_day;
	int months = month_count(to, &to_day) - month_count(from, &from_day);

	if (from > to)
		return -months_between(to, from);
	return months - (to_day < from_day);
}

/* The same day n months on; where that month is shorter, its last day. */
static struct form_value
month_on(int64_t day, int64_t n)
{
	int mday, start, next;
	int64_t month = month_count(day, &mday);

	if (n > 3000 || n < -3000)
		return value_fault(N_("The day lies too far away."));
	month += n;
	start = day_from_ymd((int)(month / 12), (int)(month % 12) + 1, 1);
	next = day_from_ymd((int)((month + 1) / 12), (int)((month + 1) % 12) + 1, 1);
	return as_day(start + mday > next ? next - 1 : start + mday - 1);
}

/* From two days, the second today if it is not given. */
static struct form_value
age(struct run *run, const struct form_value *v, int n)
{
	int64_t on = n > 1 ? v[1].number : run->state->world->today;
	struct form_value years = value_number(months_between(v[0].high, on) / 12);

	years.high = months_between(v[0].number, on) / 12;
	return years;
}

static struct form_value
years(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_number(months_between(v[0].number, v[1].number) / 12);
}

static struct form_value
months(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_number(months_between(v[0].number, v[1].number));
}

static struct form_value
days(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_number(v[1].number - v[0].number);
}

static bool
is_working(const struct form_world *w, int64_t day)
{
	if (day_weekday((int)day) >= 5)
		return false;
	for (size_t i = 0; i < w->holiday_count && w->holidays[i] <= day; i++)
		if (w->holidays[i] == day)
			return false;
	return true;
}

/* Behind the first day, up to and with the second; minus the other way. */
static struct form_value
workdays(struct run *run, const struct form_value *v, int n)
{
	bool backwards = v[0].number > v[1].number;
	int64_t from = backwards ? v[1].number : v[0].number;
	int64_t to = backwards ? v[0].number : v[1].number, count = 0;

	(void)n;
	if (to - from > WORKDAYS_MAX)
		return value_fault(N_("The day lies too far away."));
	for (int64_t day = from + 1; day <= to; day++)
		count += is_working(run->state->world, day);
	return value_number(backwards ? -count : count);
}

static struct form_value
add_days(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	if (v[1].number > 2 * DAYS_MAX || v[1].number < -2 * DAYS_MAX)
		return value_fault(N_("The day lies too far away."));
	return as_day(v[0].number + v[1].number);
}

static struct form_value
add_months(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return month_on(v[0].number, v[1].number);
}

static struct form_value
add_years(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	if (v[1].number > 250 || v[1].number < -250)
		return value_fault(N_("The day lies too far away."));
	return month_on(v[0].number, v[1].number * 12);
}

static struct form_value
add_workdays(struct run *run, const struct form_value *v, int n)
{
	const struct form_world *w = run->state->world;

	(void)n;
	if (v[1].number < 0 || v[1].number > WORKDAYS_MAX)
		return value_fault(N_("The day lies too far away."));
	return as_day(working_day_after((int)v[0].number, (int)v[1].number, w->holidays,
	                                w->holiday_count));
}

static struct form_value
day_part(const struct form_value *v, int which)
{
	int part[3];

	day_to_ymd((int)v->number, &part[0], &part[1], &part[2]);
	return value_number(part[which]);
}

static struct form_value
year(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return day_part(v, 0);
}

static struct form_value
month(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return day_part(v, 1);
}

static struct form_value
day(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return day_part(v, 2);
}

/* 1 Monday ... 7 Sunday */
static struct form_value
weekday(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_number(day_weekday((int)v->number) + 1);
}

/* ---- texts, periods, papers ---- */

static struct form_value
length(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_number((int64_t)text_length(v->text));
}

static struct form_value
begins(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return value_truth(strncmp(v[0].text, v[1].text, strlen(v[1].text)) == 0);
}

/* A period: number its first, high its last day; DAY_NONE where it is open. */
static struct form_value
day_or_unknown(int64_t day)
{
	if (day == DAY_NONE)
		return (struct form_value){ .known = FORM_UNKNOWN };
	return value_number(day);
}

static struct form_value
first_day(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return day_or_unknown(v->number);
}

static struct form_value
last_day(struct run *run, const struct form_value *v, int n)
{
	(void)run;
	(void)n;
	return day_or_unknown(v->high);
}

static struct form_value
chosen(struct run *run, const struct form_value *v, int n)
{
	int64_t count = *v->text != '\0';

	(void)run;
	(void)n;
	for (const char *at = v->text; *at; at++)
		count += *at == ',';
	return value_number(count);
}

const struct call expr_calls[] = {
	{ "age", KIND_NUMBER, { KIND_PART, KIND_DATE }, 1, age },
	{ "years", KIND_NUMBER, { KIND_DATE, KIND_DATE }, 2, years },
	{ "months", KIND_NUMBER, { KIND_DATE, KIND_DATE }, 2, months },
	{ "days", KIND_NUMBER, { KIND_DATE, KIND_DATE }, 2, days },
	{ "workdays", KIND_NUMBER, { KIND_DATE, KIND_DATE }, 2, workdays },
	{ "add_days", KIND_DATE, { KIND_DATE, KIND_NUMBER }, 2, add_days },
	{ "add_months", KIND_DATE, { KIND_DATE, KIND_NUMBER }, 2, add_months },
	{ "add_years", KIND_DATE, { KIND_DATE, KIND_NUMBER }, 2, add_years },
	{ "add_workdays", KIND_DATE, { KIND_DATE, KIND_NUMBER }, 2, add_workdays },
	{ "year", KIND_NUMBER, { KIND_DATE }, 1, year },
	{ "month", KIND_NUMBER, { KIND_DATE }, 1, month },
	{ "day", KIND_NUMBER, { KIND_DATE }, 1, day },
	{ "weekday", KIND_NUMBER, { KIND_DATE }, 1, weekday },
	{ "length", KIND_NUMBER, { KIND_TEXT }, 1, length },
	{ "begins", KIND_TRUTH, { KIND_TEXT, KIND_TEXT }, 2, begins },
	{ "from", KIND_DATE, { KIND_PERIOD }, 1, first_day },
	{ "until", KIND_DATE, { KIND_PERIOD }, 1, last_day },
	{ "expires", KIND_DATE, { KIND_PAPER }, 1, last_day },
	{ "chosen", KIND_NUMBER, { KIND_SET }, 1, chosen },
};
const size_t expr_call_count = COUNT_OF(expr_calls);
