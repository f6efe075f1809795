# tresen - builds three programs around one office file.
#
#   make run      sets up a training office and opens the client
#   make check    passes every test that ends within minutes
#   make          builds build/tresen, build/tresen-engine, build/tresen-admin
#   make deps     installs what is missing (Debian 12)

.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules

B ?= build$(if $(SAN),/san)$(if $(CLANG),/clang)
CC := $(if $(CLANG),clang,gcc)
PREFIX ?= /usr/local

LIBS_BASE := libutf8proc
LIBS_FORM := libconfig jansson
LIBS_STORE := sqlite3
LIBS_CLIENT := ncursesw

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla \
	-Wundef -Wwrite-strings -Wconversion -Wpointer-arith -Wcast-qual -Werror
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS ?= -O2 -g
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -Iinclude -I$(B)/gen $(WARN) \
	$(if $(SAN),-O1 -g $(SANITIZE),$(CFLAGS) $(HARDEN))
ALL_LDFLAGS := $(if $(SAN),$(SANITIZE),-pie -Wl,-z,relro,-z,now) $(LDFLAGS)
# asked of pkg-config only once a recipe needs it: `make deps` must run without
pc = $(shell pkg-config --$(1) $(2))

GROUND := base rules form wire
ENGINE_WING := store service command
CLIENT_WING := widget screen client

sources = $(sort $(foreach d,$(1),$(wildcard src/$(d)/*.c)))
objects = $(patsubst %.c,$(B)/obj/%.o,$(call sources,$(1)))

CLIENT_OBJS := $(call objects,$(GROUND) $(CLIENT_WING))
ENGINE_OBJS := $(call objects,$(GROUND) $(ENGINE_WING) engine)
ADMIN_OBJS := $(call objects,$(GROUND) $(ENGINE_WING) admin)
PROGRAMS := $(B)/tresen $(B)/tresen-engine $(B)/tresen-admin

.PHONY: all
all: $(PROGRAMS) catalogues

$(B)/tresen: $(CLIENT_OBJS)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pc,libs,$(LIBS_BASE) $(LIBS_FORM) $(LIBS_CLIENT))

$(B)/tresen-engine: $(ENGINE_OBJS)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pc,libs,$(LIBS_BASE) $(LIBS_FORM) $(LIBS_STORE))

$(B)/tresen-admin: $(ADMIN_OBJS)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pc,libs,$(LIBS_BASE) $(LIBS_FORM) $(LIBS_STORE))

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema goes into the programs: an engine never looks for SQL on disk.
SCHEMA := $(sort $(wildcard data/schema/*.sql))
$(B)/gen/schema.inc: $(SCHEMA)
	@mkdir -p $(@D)
	for f in $^; do echo '{ "'$$(basename $$f .sql)'",'; \
		sed 's/\\/&&/g; s/"/\\"/g; s/.*/"&\\n"/' $$f; echo '},'; done > $@
$(B)/obj/src/store/migrate.o: $(B)/gen/schema.inc

# Translations: one .po a language, found beside the program at run time.
LANGUAGES := $(patsubst data/po/%.po,%,$(wildcard data/po/*.po))
.PHONY: catalogues
catalogues: $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/tresen.mo)
$(B)/locale/%/LC_MESSAGES/tresen.mo: data/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
