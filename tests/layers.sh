#!/usr/bin/env bash
# Data flows one way: each part includes only what stands before it. CONTRIBUTING.md has the table.
set -u
cd "${1:?the folder of the project}" || exit 3
status=0
ruled=

# never PART FILES-REGEX HEADERS-REGEX: no file of the part includes such a header.
never() {
  local part=$1 files=$2 headers=$3 hits
  ruled="$ruled${ruled:+|}$files"
  hits=$(sources | grep -E "^($files)$" | xargs -r grep -nE "#include [<\"]($headers)" /dev/null)
  [ -z "$hits" ] && return
  echo "$part includes what it must not:"
  echo "$hits"
  status=1
}

sources() { find lib tools -name '*.h' -o -name '*.cpp' -o -name '*.in' | sort; }
part() { echo "lib/(src|include/planfile)/($1)\.(h|cpp|cpp\.in|h\.in)"; }
sqlite='SQLiteCpp|sqlite3|(database|embedded|ids|migrate|names|row|store)\.h'
private='(cells|comparator|digest|draft|layout|number|period_text|settle|text)\.h'
parsers='period|value|unit|csv'
stages='import|file|book|query|table'

never 'error' "$(part 'error|version')" "$sqlite|$private|planfile/([^e]|e[^r])"
never 'text, nearest, digest' "$(part 'text|nearest|digest')" \
  "$sqlite|(cells|comparator|draft|layout|number|period_text|settle)\.h|planfile/($parsers|model|$stages)\.h"
never 'period, value, unit, csv' "$(part "$parsers|period_text|comparator|number")" \
  "$sqlite|(cells|draft|layout|settle)\.h|planfile/(model|$stages)\.h"
never 'model, layout, cells' "$(part 'model|layout|cells')" "$sqlite|(draft|settle)\.h|planfile/($stages|csv)\.h"
never 'import' "$(part 'import|settle')" "$sqlite|draft\.h|planfile/(file|book|query|table)\.h"
never 'database' "$(part 'database|embedded')" \
  "(ids|migrate|names|row|store)\.h|(cells|draft|layout|settle)\.h|planfile/([^e]|e[^r])"
never 'migrate' "$(part 'migrate')" "(ids|row|store)\.h|$private|planfile/([^e]|e[^r])"
never 'file, store' "$(part 'file|store|row|ids|names')" "settle\.h|planfile/(csv|import|book|query|table)\.h"
never 'draft' "$(part 'draft')" "$sqlite|(cells|layout|settle)\.h|planfile/($parsers|import|book|query|table)\.h"
never 'table' "$(part 'table')" \
  "$sqlite|(cells|draft|layout|settle)\.h|planfile/(model|period|value|unit|import|file|book|query)\.h"
never "a query's header" "$(part 'header')" "$sqlite|(cells|draft|layout|settle)\.h|planfile/(model|csv|import|file|book)\.h"
never 'query' "$(part 'query')" "(ids|row|store|cells|draft|layout|settle)\.h|planfile/(model|csv|import|file|book)\.h"
never 'book' "$(part 'book')" "$sqlite|settle\.h|planfile/(query|table)\.h"
never 'public headers' 'lib/include/.*' "$sqlite|$private"
never 'tools' 'tools/.*' "$sqlite|$private"

unruled=$(sources | grep '^lib/src/' | grep -vE "^($ruled)$")
if [ -n "$unruled" ]; then
  echo "in no part of CONTRIBUTING.md's table:"
  echo "$unruled"
  status=1
fi
exit $status
