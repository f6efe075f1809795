/*
 * engine.h - layer 5: one session with one client.  run.c decides (identity,
 * right, transaction, command, event, reply), serve.c listens, main.c starts.
 */
#ifndef TRESEN_ENGINE_H
#define TRESEN_ENGINE_H

#include <sys/types.h>

#include "command.h"
#include "wire.h"

#define HELD_MOST 16

struct looks;

struct session {
	const char *path;        /* of the office file */
	const char *key;         /* file with the key of the closed units; NULL: none is given */
	const char *other;       /* socket of those whom this engine does not serve, or NULL */
	const char *elsewhere;   /* where the peer was told to go at the last refusal, or NULL */
	int fd;                  /* the client's socket */
	uid_t peer;              /* who is at its other end, as the kernel says */
	struct rpc_buffer in;
	struct db *db;           /* opened at hello */
	struct arena *mem;       /* of the request at hand */
	char *client;            /* as it named itself: "tresen/0.1.0" */
	int64_t staff_id;        /* 0: nobody yet */
	bool over;               /* it ends: who it was works here no more, or the office is gone */
	enum lang lang;
	struct door {            /* only for a peer who is not the engine's own user */
		int fd;          /* -1: nothing is counted for this peer */
		bool crowded;    /* the peer has too many sessions: this one ends */
	} door;
	struct ends {            /* what ends without anybody's doing, see news.c */
		int day;         /* the day of the last look at the clock; 0: none yet */
		int64_t emergency_at; /* the next of this clerk's; INT64_MAX: none */
		bool known;      /* is it? */
	} ends;
	struct looks *looks;     /* who has been shown in this session, see look.c */
	struct held {            /* answers until their sync, see hold.c */
		struct {
			json_t *id;  /* of the request */
			char *line;
		} answer[HELD_MOST];
		int n;
		int64_t since;   /* ticks */
	} held;
};

/* ---- answers to what was asked together ---- */

/* Before a request: is its answer to be held?  If not, all that are held are sent.
 * False: the client is lost. */
bool hold_begin(struct session *s, const struct rpc_request *request, bool *held);
/* After it; takes line. */
bool hold_answer(struct session *s, const struct rpc_request *request, char *line);
/* Brings what they tell of to the disk, and sends them. */
bool hold_end(struct session *s);

/* ---- how much one user may ask for, whatever processes they start ---- */

/* Counts this session as one of the peer's, for as long as the process lives. */
void door_enter(struct session *s);
/* Before a request: milliseconds until it is the peer's turn. */
int64_t door_ask(const struct session *s);
void door_wait(int64_t ms);
void door_leave(struct session *s);

/*
 * ---- looks at people's files ------------------------------------------------
 * What a command notes with look_file and look_hit (service_look.h) becomes an
 * event before the answer leaves: no log, no answer.  Lists of hits wait until
 * the typing rests.
 */
void looks_open(struct session *s);
/* Keeps what still waits; the session ends. */
void looks_close(struct session *s);
/* Before the answer to a read that went well: purpose, limits; in its view. */
MUST_CHECK enum status look_weigh(struct session *s, struct call *call, const struct command *c);
/* After the view: keeps what was weighed; how the request ends. */
MUST_CHECK enum status look_keep(struct session *s, struct op *op, enum status done);
/* Hits that go along with a refusal. */
MUST_CHECK enum status look_told(struct session *s, struct call *call, const struct command *c,
                                 enum status refused);
/* Before a change is committed whose answer shows a file. */
MUST_CHECK enum status look_changed(struct session *s, struct op *op,
                                    const struct command *c);
/* Another request has come: keeps what waits, unless it goes on typing. */
MUST_CHECK enum status look_next(struct session *s, struct op *op,
                                 const struct rpc_request *request);
/* Ticks at which what waits is due, INT64_MAX: nothing waits. */
int64_t looks_due(const struct session *s);
void looks_rest(struct session *s);
/* Others have changed something: what is shown will be asked for again. */
void looks_told_changed(struct session *s);

/* ---- what is sealed ---- */

/* Opens what is entrusted, where this engine has the key.  After db_open. */
MUST_CHECK enum status key_take(struct session *s, const char **why);
/* Clerks of a closed unit are served where its key is, and where it was given
 * for them alone nobody else is. */
MUST_CHECK enum status key_fits(struct session *s, struct op *op);

/* Reads requests and answers until the client leaves; then closes all. */
void serve(struct session *s);
/* The reply to a request as a line, the caller's; NULL for a notification. */
char *run_request(struct session *s, const struct rpc_request *request);
/* Has somebody else changed something, or something ended by the clock?  A
 * notification, or NULL. */
json_t *run_changes(struct session *s);
/* What this session itself has done is no news, but when it ends may be. */
void news_own(struct session *s, const struct op *op);

#endif
