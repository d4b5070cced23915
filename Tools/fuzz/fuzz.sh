#!/bin/sh
# Fuzzes the codecs of the meal terminals with libFuzzer and AddressSanitizer.
#   fuzz.sh [SECONDS [CODEC…]]    60 seconds each, all codecs
# Stops at the first finding, with the input that made it in .build/fuzz.
set -eu
cd "$(dirname "$0")/../.."

seconds="${1:-60}"
[ $# -gt 0 ] && shift
codecs="${*:-attendance identity-card operations security request results json xml multipart file table}"
out=.build/fuzz
mkdir -p "$out"

# Of POS only what Attendance uses, so that no package has to be built with a sanitizer.
rules="Sources/POS/Time/BusinessDate.swift Sources/POS/Catalog/CSVReader.swift Sources/POS/Text/*.swift"
flags="-swift-version 6 -O -g -parse-as-library -wmo -sanitize=fuzzer,address
  -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature ExistentialAny"
# shellcheck disable=SC2086
{
  swiftc $flags -module-name POS -emit-module -emit-module-path "$out/POS.swiftmodule" \
    -c -o "$out/POS.o" $rules
  swiftc $flags -I "$out" -module-name Attendance -emit-module \
    -emit-module-path "$out/Attendance.swiftmodule" -c -o "$out/Attendance.o" \
    $(find Sources/Attendance -name '*.swift')
  swiftc $flags -I "$out" -module-name FuzzTarget -o "$out/fuzz" \
    Tools/fuzz/FuzzTarget.swift "$out/POS.o" "$out/Attendance.o"
}

for codec in $codecs; do
  mkdir -p "$out/corpus/$codec"
  echo "fuzzing $codec for $seconds s"
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 POSD_FUZZ_CODEC="$codec" "$out/fuzz" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 \
    -dict=Tools/fuzz/words.dict -artifact_prefix="$out/$codec-" \
    "$out/corpus/$codec" "Tools/fuzz/seeds/$codec" 2>"$out/$codec.log" || {
    tail -40 "$out/$codec.log"
    exit 1
  }
  grep -E 'stat::number_of_executed_units|stat::peak_rss_mb' "$out/$codec.log"
done
