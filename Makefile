# make run    sets up, builds release and starts the demo
# make test   sets up and passes every test (make check is a part of it)
# make check  format, build, import check, unit tests, tidy
# make month plays a month of three tills against a plain model
# make bench  measures speed against a C program on the same disk
# make soak   200 slips on printers that break at random
# make tamper alters every column of every row: posd verify must find and name all
# make bench-backup  times sales while backups are made
# make bench-people  16,000 people who do not exist are taken in and looked up
# make bench-terminals  batches of meal terminals against a C program, and sales beside them
# make attendance  132,212 recognitions from 30 terminals with all faults, posd killed five times
# make fuzz   gives junk to the codecs of the meal terminals, seconds=60 each
# make format rewrites the sources in the house style

SWIFT ?= swift
# Without CI: where it is set, pytest shortens no diff, and that of two long contents takes hours.
# A busy machine delivers keys and answers late: what fails is tried once more, and counted as "rerun".
AGAIN = --reruns 1
PYTEST = env -u CI -u BUILD_NUMBER .venv/bin/python -m pytest -q

.PHONY: attendance run test check build format lint bench fuzz paper days month system soak browser clean bench-backup bench-people bench-terminals

run:
	sh Tools/setup.sh
	$(SWIFT) build -c release --product posd
	.build/release/posd demo --data demo

test: check paper system days browser

check: lint build
	$(SWIFT) test --skip-build --parallel

build:
	sh Tools/setup.sh test
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

# The interpreter of printer bytes on itself and on the golden streams; needs no binary.
paper:
	sh Tools/setup.sh test
	$(PYTEST) Tests/escpos

# A month of three tills against the plain model; `make test` plays three days.
days: build
	$(PYTEST) Tests/month

month: build
	MONTH_DAYS=31 $(PYTEST) Tests/month

system: build
	$(PYTEST) $(AGAIN) Tests/system

browser: build
	$(PYTEST) $(AGAIN) Tests/browser

bench:
	sh Tools/setup.sh
	$(SWIFT) build -c release --product posd
	python3 Benchmarks/bench.py

tamper: build
	TAMPER_ALL=1 $(PYTEST) -s Tests/system/test_tampering.py

bench-backup:
	sh Tools/setup.sh
	$(SWIFT) build -c release --product posd
	python3 Benchmarks/backup_load.py

bench-people:
	sh Tools/setup.sh
	$(SWIFT) build -c release --product posd
	python3 Benchmarks/people.py

bench-terminals:
	sh Tools/setup.sh
	$(SWIFT) build -c release --product posd
	python3 Benchmarks/terminals.py

# libFuzzer with AddressSanitizer, all codecs or those named: make fuzz seconds=600 codecs="json xml"
seconds = 60
fuzz:
	sh Tools/fuzz/fuzz.sh $(seconds) $(codecs)

# A month of 30 meal terminals; `make test` plays a small day.
attendance:
	sh Tools/setup.sh test
	$(SWIFT) build -c release --product posd
	ATTENDANCE_ROWS=132212 ATTENDANCE_PEOPLE=3846 ATTENDANCE_TERMINALS=30 ATTENDANCE_KILLS=5,0 \
	  POSD_BINARY=.build/release/posd $(PYTEST) -s -o faulthandler_timeout=0 Tests/system/test_attendance.py

soak: build
	SOAK_JOBS=200 $(PYTEST) -s Tests/system/test_print_faults.py

clean:
	rm -rf .build demo
