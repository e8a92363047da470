#!/usr/bin/env bash
# Data flows one way: each part includes only what stands before it. CONTRIBUTING.md has the table.
set -u
cd "${1:?the folder of the project}" || exit 3
status=0

# never PART FILES-REGEX HEADERS-REGEX: no file of the part includes such a header.
never() {
  local part=$1 files=$2 headers=$3 hits
  hits=$(git ls-files lib tools 2>/dev/null | grep -E "^($files)$" |
         xargs -r grep -nE "#include [<\"]($headers)" /dev/null)
  [ -z "$hits" ] && return
  echo "$part includes what it must not:"
  echo "$hits"
  status=1
}

part() { echo "lib/(src|include/planfile)/($1)\.(h|cpp|cpp\.in|h\.in)"; }
sqlite='SQLiteCpp|sqlite3|database\.h'

never error "$(part error)" 'planfile/([^e]|e[^r])'
never 'period, value, unit, csv' "$(part 'period|period_text|value|unit|csv|text')" \
  "$sqlite|planfile/(model|import|file|book|query|table)\.h"
never model "$(part 'model|nearest|cells|layout')" "$sqlite|planfile/(import|file|book|query|table|csv)\.h"
never import "$(part 'import|settle')" "$sqlite|planfile/(file|book|query|table)\.h"
never table "$(part table)" "$sqlite|planfile/(model|import|file|book|query)\.h"
never 'file, store, migrate' "$(part 'file|store|ids|migrate|draft')" 'planfile/(csv|import|book|query|table)\.h'
never query "$(part 'query|header')" 'planfile/(csv|import|book|file|model)\.h|layout\.h|store\.h'
never book "$(part book)" "$sqlite|planfile/(query|table)\.h"
never 'database' "$(part database)" 'planfile/([^e]|e[^r])'
never 'public headers' 'lib/include/.*' "$sqlite"
never tools 'tools/.*' "$sqlite|layout\.h|store\.h|ids\.h|cells\.h"
never 'SQLiteCpp elsewhere' 'lib/src/(book|cells|csv|digest|draft|error|header|import|model|nearest|period|settle|table|text|unit|value).*' "$sqlite"
exit $status
