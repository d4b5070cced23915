#!/bin/sh
# Writes files.c and profiles.c, the lists of the files of the cashier page and of the printer
# profiles: run it when a file comes or goes.
set -eu
cd "$(dirname "$0")"

# list NAME FILE...: C source with these files and the functions NAMECount and NAMEAt.
list() {
  name=$1
  shift
  echo '// Written by list-files.sh. #embed takes each file in when the program is built.'
  echo '#include "CWeb.h"'
  echo
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  number=0
  for path; do
    printf '\nstatic const unsigned char file%d[] = {\n#embed "%s"\n};\n' "$number" "$path"
    number=$((number + 1))
  done
  printf '\nstatic const CWebFile files[] = {\n'
  number=0
  for path; do
    printf '  {"%s", file%d, sizeof file%d},\n' "$(basename "$path")" "$number" "$number"
    number=$((number + 1))
  done
  printf '};\n\nsize_t %sCount(void) { return sizeof files / sizeof files[0]; }\n\n' "$name"
  printf 'CWebFile %sAt(size_t index) { return files[index]; }\n' "$name"
}

list CWebFile ../Web/* >files.c.new
mv files.c.new files.c
list CWebProfile ../../../devices/printers/*.yml >profiles.c.new
mv profiles.c.new profiles.c
