#!/bin/sh
# Writes files.c, the list of the files of the cashier page: run it when a file comes or goes.
set -eu
cd "$(dirname "$0")"
{
  echo '// Written by list-files.sh. #embed takes each file in when the program is built.'
  echo '#include "CWeb.h"'
  echo
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  number=0
  for path in ../Web/*; do
    printf '\nstatic const unsigned char file%d[] = {\n#embed "%s"\n};\n' "$number" "$path"
    number=$((number + 1))
  done
  printf '\nstatic const CWebFile files[] = {\n'
  number=0
  for path in ../Web/*; do
    printf '  {"%s", file%d, sizeof file%d},\n' "$(basename "$path")" "$number" "$number"
    number=$((number + 1))
  done
  printf '};\n\nsize_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }\n\n'
  echo 'CWebFile CWebFileAt(size_t index) { return files[index]; }'
} >files.c.new
mv files.c.new files.c
