/*
 * harness_three.c - three clerks of one office, see harness_three.h.
 */
#include "harness_three.h"

struct office *three_office;
struct desk *front, *res, *soc;

void
three_sit_down(void)
{
	three_office = office_new();
	front = desk_open(three_office, "front1");
	res = desk_open(three_office, "res1");
	soc = desk_open(three_office, "soc1");
}

void
three_leave(void)
{
	desk_close(front);
	desk_close(res);
	desk_close(soc);
	office_sound(three_office);
	office_free(three_office);
}
