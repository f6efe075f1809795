/*
 * intake.h - private to service/: forms and papers of a case, shared by
 * opening (intake.c) and changing (folder.c).
 */
#ifndef TRESEN_SERVICE_INTAKE_H
#define TRESEN_SERVICE_INTAKE_H

#include "service_form.h"
#include "service_gaps.h"

/* Answers to a form, and when they are judged. */
struct asked {
	const struct form *form; /* NULL: the service has none */
	const json_t *answers;
	const struct form_world *world;
	const json_t *reasons;   /* path of a warning -> why it is right; or NULL */
	const char *reason;      /* for those that have none; or NULL */
};
/* Fails with the first problem's sentence and field. */
MUST_CHECK enum status check_answers(struct op *op, const struct form *form,
                                     const json_t *answers,
                                     const struct form_world *world);
/* The form for a new case of a service; NULL: it has none. */
MUST_CHECK enum status form_for_today(struct op *op, const struct service *service,
                                      const struct form **form, int *found);
/* Valid today; else a sentence that names the argument. */
MUST_CHECK enum status find_service(struct op *op, const char *code, struct service *service);
/* All answers as they will be: the stored ones under the new ones, or alone
 * (NULL).  The caller's. */
json_t *merged_answers(const struct answer *stored, size_t n, const json_t *answers);
/* The papers of what is no case yet, as they would lie in it. */
MUST_CHECK enum status papers_of_matter(struct op *op, const struct service *service,
                                        const struct asked *asked, const char *brought,
                                        struct case_document **papers, size_t *n);
/* Writes what differs from what is stored, with what follows for papers and due
 * day; the case is still to be saved. */
MUST_CHECK enum status settle_answers(struct op *op, struct case_file *c,
                                      const struct asked *asked, const struct answer *stored,
                                      size_t n_stored);
/* The unit that a new case goes to. */
const char *way_of(struct op *op, const struct service *service, const struct asked *asked);
/* Of what is changed: may this clerk answer it, may it still be chosen? */
MUST_CHECK enum status judge_answers(struct op *op, const struct asked *asked,
                                     const struct answer *stored, size_t n);
/* Is everybody there whom an answer names?  NOT_FOUND names its path. */
MUST_CHECK enum status answer_people_known(struct op *op, const struct form_field *field,
                                           const json_t *value);
/* The first part of it, owner.c: DENIED names the path of the field. */
MUST_CHECK enum status judge_owners(struct op *op, const struct asked *asked,
                                    const struct answer *stored, size_t n);
/* What the rules warn of at a stage, and did not before (NULL: nothing was
 * there) when somebody was asked, wants a reason: given now, or kept with the
 * case (0: none yet). */
MUST_CHECK enum status check_warnings(struct op *op, const struct asked *asked,
                                      const json_t *before, enum form_stage stage,
                                      int64_t case_id);
/* Keeps those reasons with the case. */
MUST_CHECK enum status give_reasons(struct op *op, int64_t case_id, const struct asked *asked,
                                    enum form_stage stage);
/* What the form warns of at a stage has a reason, or gets this one; else it is
 * refused. */
MUST_CHECK enum status guard_warnings(struct op *op, const struct case_file *c,
                                      enum form_stage stage, const char *reason);
/* Brings the checklist of a case in line with its answers. */
MUST_CHECK enum status settle_papers(struct op *op, const struct case_file *c,
                                     const struct asked *asked, const char *checklist);

#endif
