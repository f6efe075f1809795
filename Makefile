# tresen - builds three programs around one office file.
#
#   make run          sets up a training office and opens the client
#   make fresh        throws that office away; the next run makes a new one
#   make check        passes every test that ends within minutes
#   make soak         the same, each as long as it takes to be nearly sure
#   make bench        measures against the targets, on a large office
#   make              builds build/tresen, build/tresen-engine, build/tresen-admin
#   make install      copies them, DESTDIR and PREFIX as everywhere
#   make deb          puts a Debian package into build/deb
#   make deps         installs what building needs (Debian 12)
#   make deps-check   and what testing needs
#   make screenshots  takes the pictures in man/ from the real screens
#   make po           brings the translations up to the sources

.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules

B ?= build$(if $(SAN),/san)$(if $(CLANG),/clang)
CC := $(if $(CLANG),clang,gcc)
PREFIX ?= /usr/local

LIBS_BASE := libutf8proc libsodium
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
all: $(PROGRAMS) catalogues $(B)/forms.sound $(B)/man/tresen-rights.7

# An error in a form that ships is an error of the build.
$(B)/forms.sound: $(B)/tresen-admin $(wildcard forms/*.form data/catalogue/lists/*.conf)
	$< form-check $(filter %.form,$^) --data data >$@.new
	@mv $@.new $@

# Who may do what is a page of the manual, written by the table itself.
$(B)/man/tresen-rights.7: $(B)/tresen-admin
	@mkdir -p $(@D)
	$< rights --man >$@.new
	@mv $@.new $@

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
	for f in $^; do echo '{ "'$$(basename $$f .sql)'", '$$(cksum < $$f | cut -d" " -f1)'u,'; \
		sed 's/\\/&&/g; s/"/\\"/g; s/.*/"&\\n"/' $$f; echo '},'; done > $@
$(B)/obj/src/store/migrate.o: $(B)/gen/schema.inc

# The letters of names go into the programs too, one line of the list an entry.
$(B)/gen/din91379.inc: data/names/din91379.tsv
	@mkdir -p $(@D)
	awk -F'\t' '!/^#/ { gsub(/[0-9A-F]+/, "0x&,", $$1); \
		printf "{ { %s }, \"%s\" },\n", $$1, $$2 }' $< > $@
$(B)/obj/src/rules/letters.o: $(B)/gen/din91379.inc
# So do the rules of names: the engine starts without reading any.  Sorted, to
# be looked up by halves; the folds keep the order of their file.
$(B)/gen/names_folds.inc $(B)/gen/names_examples.inc: data/names/folds.tsv data/names/compile.awk
	@mkdir -p $(@D)
	awk -v table=$(@:$(B)/gen/names_%.inc=%) -f data/names/compile.awk $< > $@.new
	mv $@.new $@
$(B)/gen/names_%.inc: data/names/%.tsv data/names/compile.awk
	@mkdir -p $(@D)
	awk -v table=$* -f data/names/compile.awk $< > $@.new
	LC_ALL=C sort -u -o $@ $@.new
	rm $@.new
# A search is made by these rules alone: by their number a file knows others.
$(B)/gen/names_rules.inc: $(addprefix data/names/,folds.tsv scripts.tsv particles.tsv variants.tsv) \
		$(addprefix src/rules/,name_form.c name_sound.c name_key.c name_variant.c)
	@mkdir -p $(@D)
	cat $^ | cksum | cut -d" " -f1 > $@
$(B)/obj/src/rules/name_key.o: $(B)/gen/names_rules.inc
$(B)/obj/src/rules/name_sound.o: $(B)/gen/names_folds.inc
$(B)/obj/src/rules/name_form.o: $(B)/gen/names_particles.inc $(B)/gen/names_scripts.inc
$(B)/obj/src/rules/name_variant.o: $(B)/gen/names_variants.inc
$(B)/obj/src/service/candidates.o: $(B)/gen/names_weights.inc
$(B)/obj/tests/unit/names.o: $(B)/gen/names_examples.inc
$(B)/obj/src/rules/country.o: $(B)/gen/names_countries.inc
# And what is known of numbers: two columns, the second a number or a text.
$(B)/gen/numbers_%.inc: data/numbers/%.tsv
	@mkdir -p $(@D)
	awk -F'\t' '!/^#/ && NF > 1 { quote = $$2 ~ /^[0-9]+$$/ ? "" : "\""; \
		print "{ \"" $$1 "\", " quote $$2 quote " }," }' $< > $@
$(B)/obj/src/rules/identifier.o: $(B)/gen/numbers_iban.inc $(B)/gen/numbers_nationality_keys.inc

# ---- what the machine must have ----
# Nothing is asked and nothing changes when all is there.
DEPS := gcc libc6-dev pkg-config gettext libncurses-dev libsqlite3-dev libconfig-dev \
	libjansson-dev libutf8proc-dev libsodium-dev
# One story wants an ssh server: it is not brought where systemd would start it.
DEPS_CHECK := $(DEPS) clang check libvterm-dev mandoc openssh-client openssl python3 \
	$(if $(wildcard /run/systemd/system),,openssh-server)
DEPS_DEB := $(DEPS) dpkg-dev debhelper lintian

.PHONY: deps deps-check
deps: build/deps
deps-check: build/deps-check
build/deps: WANTED = $(DEPS)
build/deps-check: WANTED = $(DEPS_CHECK)
build/deps-deb: WANTED = $(DEPS_DEB)
build/deps build/deps-check build/deps-deb: Makefile
	@mkdir -p build
	@data/install-deps.sh $(WANTED)
	@touch $@

# ---- running ----
# As many jobs as there are processors, unless -j says otherwise.
JOBS := $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))
TRAINING := build/training/office.db

.PHONY: run fresh
run: deps
	@$(MAKE) $(JOBS) --no-print-directory --silent all
	@$(MAKE) --no-print-directory --silent $(TRAINING).ready
	@build/tresen --db $(TRAINING)
# An office of yesterday's programs is brought up to today's, as any other would be.
$(TRAINING).ready: build/tresen-admin $(wildcard data/catalogue/*.conf data/catalogue/*/*.conf)
	@mkdir -p $(@D)
	@if [ -e $(TRAINING) ]; then \
		build/tresen-admin migrate $(TRAINING) && build/tresen-admin catalogue $(TRAINING); \
	else build/tresen-admin init $(TRAINING) --training --demo S; fi
	@touch $@
fresh:
	rm -rf $(dir $(TRAINING))

# tresen looks for the engine beside itself, all look for ../share beside that.
BIN = $(DESTDIR)$(PREFIX)/bin
SHARE = $(DESTDIR)$(PREFIX)/share
LIB = $(DESTDIR)$(PREFIX)/lib
.PHONY: install
install: all
	install -d $(BIN) $(SHARE)/tresen/forms $(SHARE)/tresen/data
	install $(PROGRAMS) $(BIN)
	install -m 644 forms/*.form $(SHARE)/tresen/forms
	cp -R data/catalogue data/texts data/demo data/ssh $(SHARE)/tresen/data
	install -d $(LIB)/systemd/system $(LIB)/sysusers.d $(LIB)/tmpfiles.d
	install -m 644 $(wildcard data/systemd/tresen*) $(LIB)/systemd/system
	sed -e 's|^User=.*|User=tresen-social|' -e '/^# the key/d' -e '/^InaccessiblePaths.*key/d' \
		-e '/^ExecStart/s|--other.*|--key /etc/tresen/social.key --other /run/tresen/office.sock|' \
		data/systemd/tresen@.service > $(LIB)/systemd/system/tresen-social@.service
	chmod 644 $(LIB)/systemd/system/tresen-social@.service
	install -m 644 data/systemd/sysusers.conf $(LIB)/sysusers.d/tresen.conf
	install -m 644 data/systemd/tmpfiles.conf $(LIB)/tmpfiles.d/tresen.conf
	sed -i 's|/usr/local/bin|$(PREFIX)/bin|' $(LIB)/systemd/system/tresen* \
		$(SHARE)/tresen/data/ssh/tresen.conf
	for l in $(LANGUAGES); do \
		install -D -m 644 $(B)/locale/$$l/LC_MESSAGES/tresen.mo \
			$(SHARE)/locale/$$l/LC_MESSAGES/tresen.mo; done
	for page in man/*.[1-9] $(B)/man/*.[1-9]; do \
		install -D -m 644 $$page $(SHARE)/man/man$${page##*.}/$${page##*/}; done

# The same as a Debian package, built from a copy: data/debian may not stand at
# the top here, and must there.
.PHONY: deb
deb: build/deps-deb
	rm -rf build/deb
	mkdir -p build/deb/tresen
	cp -R Makefile README.md LICENSE src include forms data man build/deb/tresen
	mv build/deb/tresen/data/debian build/deb/tresen/debian
	sed 's/^$$/./; s/^/ /' LICENSE >> build/deb/tresen/debian/copyright
	cd build/deb/tresen && env -u MAKEFLAGS -u MAKELEVEL dpkg-buildpackage -b -us -uc --jobs=auto
	lintian --allow-root --fail-on error build/deb/tresen_*.deb
	@ls build/deb/tresen_*.deb

# Translations: one .po a language, found beside the program at run time.
LANGUAGES := $(patsubst data/po/%.po,%,$(wildcard data/po/*.po))
.PHONY: catalogues
catalogues: $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/tresen.mo)
$(B)/locale/%/LC_MESSAGES/tresen.mo: data/po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<
.PHONY: po
po:
	tests/catalogues.sh update

# ---- tests ----
# A suite is a file tests/KIND/NAME.c that exports suite_NAME; a kind is one
# program.  Files called harness* are what the suites of a kind share.
TEST_KINDS := unit store engine command load fault screen attack
TEST_WITH_unit := $(GROUND) widget screen
TEST_WITH_store := $(GROUND) store
TEST_WITH_engine := $(GROUND) $(ENGINE_WING)
TEST_WITH_command := base rules
TEST_WITH_load := base
TEST_WITH_fault := base
TEST_WITH_screen := base
TEST_WITH_attack := $(GROUND) widget screen
# what the real programs need to be started, and to be spoken to by hand
LOCK := $(addprefix $(B)/obj/src/store/,lock.o errand_area.o)
OFFICE_HARNESS := $(LOCK) $(B)/obj/tests/screen/harness_office.o
TEST_PLUS_store := $(B)/obj/tests/screen/harness_office.o
TEST_PLUS_engine := $(addprefix $(B)/obj/tests/,screen/harness_office.o command/harness_desk.o) \
	$(filter-out %/main.o,$(call objects,engine))
TEST_PLUS_command := $(OFFICE_HARNESS)
TEST_PLUS_load := $(OFFICE_HARNESS) $(B)/obj/tests/command/harness_desk.o
TEST_PLUS_fault := $(TEST_PLUS_load)
TEST_PLUS_screen := $(LOCK)
TEST_PLUS_attack := $(LOCK) $(B)/obj/tests/command/harness_admin.o \
	$(addprefix $(B)/obj/tests/screen/harness,.o _see.o _office.o)
# its suites turn the clock
TEST_LINK_engine := -Wl,--wrap=clock_ticks
TEST_LIBS_unit := $(LIBS_CLIENT)
TEST_LIBS_store := $(LIBS_STORE)
TEST_LIBS_engine := $(LIBS_STORE)
TEST_LIBS_command := $(LIBS_STORE)
TEST_LIBS_load := $(LIBS_STORE)
TEST_LIBS_fault := $(LIBS_STORE)
TEST_LIBS_screen := vterm
TEST_LIBS_attack := $(LIBS_STORE) $(LIBS_CLIENT) vterm

test_sources = $(wildcard tests/$(1)/*.c)
suites = $(filter-out harness%,$(basename $(notdir $(call test_sources,$(1)))))
RUNNERS := $(foreach k,$(TEST_KINDS),$(if $(call suites,$(k)),$(B)/tests/$(k)))
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz-%, \
	$(filter-out %/driver.c,$(wildcard tests/fuzz/*.c)))

define test_program
$(B)/obj/tests/runner-$(1).o: tests/runner.c tests/$(1)
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_CFLAGS) -DSUITES='$(foreach s,$(call suites,$(1)),X($(s)))' -c -o $$@ $$<
$(B)/tests/$(1): $(B)/obj/tests/runner-$(1).o $(TEST_PLUS_$(1)) \
		$(patsubst %.c,$(B)/obj/%.o,$(call test_sources,$(1))) \
		$(call objects,$(TEST_WITH_$(1)))
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_LDFLAGS) $(TEST_LINK_$(1)) -o $$@ $$^ \
		$$(call pc,libs,check $(LIBS_BASE) $(LIBS_FORM) $(TEST_LIBS_$(1)))
endef
$(foreach k,$(TEST_KINDS),$(if $(call suites,$(k)),$(eval $(call test_program,$(k)))))

$(B)/tests/fuzz-%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/driver.o $(call objects,$(GROUND))
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pc,libs,$(LIBS_BASE) $(LIBS_FORM))

$(B)/tests/picture: $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/picture/*.c \
		tests/screen/harness*.c)) $(TEST_PLUS_screen) $(call objects,$(TEST_WITH_screen))
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(call pc,libs,check $(LIBS_BASE) $(TEST_LIBS_screen))
.PHONY: screenshots
screenshots: all $(B)/tests/picture
	$(B)/tests/picture man

FUZZ_RUNS ?= 2000
FUZZ_WITH_form := $(wildcard forms/*.form)
seeds = $(wildcard tests/fuzz/seeds/$(1)/*) $(FUZZ_WITH_$(1))
CHECKS := $(foreach r,$(RUNNERS),$(foreach s,$(call suites,$(notdir $(r))),"$(r) $(s)")) \
	$(foreach f,$(FUZZERS),"$(f) $(FUZZ_RUNS) $(call seeds,$(f:$(B)/tests/fuzz-%=%))") \
	"$(B)/tresen-admin form-check $(wildcard forms/*.form)" \
	"tests/walls.sh $(B)" "tests/meter.sh" "tests/pages.sh $(B)" "tests/catalogues.sh" "tests/cites.sh"

.SECONDARY: $(patsubst tests/%.c,$(B)/obj/tests/%.o,$(wildcard tests/fuzz/*.c))
.PHONY: check tests
tests: $(RUNNERS) $(FUZZERS)
check: deps-check
	@$(MAKE) $(JOBS) --silent all
	@$(MAKE) $(JOBS) --silent SAN=1 all tests
	@$(MAKE) $(JOBS) --silent CLANG=1 all tests
	@$(MAKE) --no-print-directory SAN=1 run-checks
.PHONY: run-checks
run-checks:
	@tests/run.sh "$$(nproc)" $(CHECKS)

# ---- bench: the figures beside their targets, on a large office made once ----
BENCH_PROFILE ?= L
BENCH_OFFICE := build/bench/office-$(BENCH_PROFILE).db
# the register of people lasts until what it is made of changes
PEOPLE_FROM := $(SCHEMA) $(wildcard data/names/*.tsv tests/bench/names/*.tsv \
	tests/bench/people_*.c src/rules/name_*.c src/store/spelling.c)
BENCH_PEOPLE := build/bench/people-$(shell cat $(PEOPLE_FROM) | cksum | cut -d" " -f1).db
$(B)/tests/bench: $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/bench/*.c)) \
		$(call objects,$(GROUND) store)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -Wl,--wrap=chain_end,--wrap=chain_seal -o $@ $^ $(call pc,libs,$(LIBS_BASE) $(LIBS_FORM) $(LIBS_STORE))
$(BENCH_PEOPLE): | $(B)/tresen-admin
	@mkdir -p $(@D)
	rm -f build/bench/people*
	$(B)/tresen-admin init $@.new --training --demo S
	mv $@.new $@
	mv $@.new-key $@-key
build/bench/office-%.db: | $(B)/tresen-admin
	@mkdir -p $(@D)
	$(B)/tresen-admin init $@.new --training --demo $*
	mv $@.new $@
	mv $@.new-key $@-key
.PHONY: bench bench-people
bench: all $(B)/tests/bench $(BENCH_OFFICE) build/bench/office-M.db $(BENCH_PEOPLE)
	@$(B)/tests/bench $(BENCH_OFFICE)
	@$(B)/tests/bench build/bench/office-M.db keep
	@$(B)/tests/bench $(BENCH_PEOPLE) people
# finding people in a register of a million, which is made at the first run
bench-people: all $(B)/tests/bench $(BENCH_PEOPLE)
	@$(B)/tests/bench $(BENCH_PEOPLE) people

# the same tests, each as long as it takes to be nearly sure
.PHONY: soak
soak: deps-check
	@$(MAKE) $(JOBS) --silent SAN=1 all tests
	@TRESEN_WALK_STEPS=6000 TRESEN_RACE_CASES=3000 TRESEN_KILL_MS=300000 TRESEN_FLIPS=2000 CK_DEFAULT_TIMEOUT=900 \
		$(MAKE) --no-print-directory SAN=1 FUZZ_RUNS=200000 run-checks

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
