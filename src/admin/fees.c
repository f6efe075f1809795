/*
 * fees.c - layer 5: fees.conf: what a service costs, from which day on.  Called
 * by catalogue.c.
 */
#include "admin.h"

#include "conf.h"
#include "store_concern.h"

/* "93.00", "-44.00" */
static bool
cents_of(const char *text, int64_t *cents)
{
	int sign = *text == '-' ? -1 : 1, digits = 0;

	*cents = 0;
	for (text += sign < 0; *text >= '0' && *text <= '9' && digits < 7; text++, digits++)
		*cents = *cents * 10 + (*text - '0');
	if (digits == 0 || *text++ != '.')
		return false;
	for (digits = 0; *text >= '0' && *text <= '9' && digits < 2; text++, digits++)
		*cents = *cents * 10 + (*text - '0');
	*cents *= sign;
	return digits == 2 && *text == '\0';
}

/* It stays NULL where the law names a share of another fee. */
static enum status
amount_read(struct conf *c, const config_setting_t *entry, struct fee_row *row)
{
	int64_t *cents = arena_make(c->op->mem, int64_t);
	const char *text = NULL;

	TRY(conf_text(c, entry, "amount", CONF_MAY, &text));
	if (!text)
		return ST_OK;
	if (!cents_of(text, cents))
		return conf_fail(c, config_setting_get_member(entry, "amount"),
		                 _("\"%s\" must be euros and cents like \"93.00\"."), "amount");
	row->cents = cents;
	return ST_OK;
}

static enum status
services_read(struct conf *c, const config_setting_t *entry, const char *fee)
{
	config_setting_t *list;

	TRY(conf_list(c, entry, "services", &list));
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *code = config_setting_get_string_elem(list, i);

		TRY(service_points_to(c, list, code ? code : ""));
		TRY(store_service_fee_put(c->op, code, fee));
	}
	return ST_OK;
}

static enum status
fee_read(struct conf *c, const config_setting_t *entry)
{
	struct fee_row row = { .position = config_setting_index(entry) + 1 };
	bool fresh;

	TRY(conf_only(c, entry, "code basis amount minors waiver de en note_de note_en services "
	                        "valid_from valid_to"));
	TRY(conf_text(c, entry, "code", CONF_MUST, &row.code));
	TRY(conf_text(c, entry, "basis", CONF_MUST, &row.basis));
	TRY(amount_read(c, entry, &row));
	TRY(conf_choice(c, entry, "minors", "half full special", &row.minors));
	TRY(conf_truth(c, entry, "waiver", CONF_MUST, &row.waiver));
	TRY(conf_text(c, entry, "de", CONF_MUST, &row.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &row.name_en));
	TRY(conf_text(c, entry, "note_de", row.cents ? CONF_MAY : CONF_MUST, &row.note_de));
	TRY(conf_text(c, entry, "note_en", row.note_de ? CONF_MUST : CONF_MAY, &row.note_en));
	TRY(conf_day(c, entry, "valid_from", CONF_MUST, &row.valid_from));
	TRY(conf_day(c, entry, "valid_to", CONF_MAY, &row.valid_to));
	TRY(store_fee_put(c->op, &row, &fresh));
	if (!fresh)
		return conf_fail(c, entry, _("\"%s\" stands here twice from the same day."),
		                 row.code);
	return services_read(c, entry, row.code);
}

enum status
fees_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "fees", &list));
	TRY(store_fee_clear(c->op));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(fee_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}
