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
sqlite='SQLiteCpp|sqlite3|(catalogue|compiled|database|details|edit|embedded|ids|load|load_[a-z]+|meanings|migrate|names|pack|recorder|registry|revise|row|schema_check|series_rows|ship_[a-z]+|store|summary|unknown_name|watched|content|content_observations|observation_hash|observation_reading|manifest|marks)\.h'
private='(binding|cells|chart_[a-z]+|check|comparator|conversions|csv_faults|csv_write|decimal|digest|display|encoder|exact_sum|filler|gb18030|growth|han|heading_words|headings|infer_study|intake|known_names|lane|lanes|layout|lookup|markup|new_names|meets|moments|number|period_text|plan_columns|quantile|reader|rejects|row_hash|settle|sheet_words|signature|spelling|table_columns|tables|text|titles|understand|utf8|words|writers|zip_sizes)\.h'
readers='binding|check|growth|heading_words|headings|infer_study|known_names|plan_columns|reader|settle|sheet_words|table_columns|titles|understand'
parsers='period|value|unit|csv|bytes|encoding'
stages='import|mapping|package|file|book|query|saved|findings|table|verify|ship'

never 'error' "$(part 'error|version')" "$sqlite|$private|planfile/([^e]|e[^r])"
never 'text, nearest, digest' "$(part 'text|nearest|digest|utf8|signature|spelling|han|sql_text')" \
  "$sqlite|(cells|comparator|planfile/draft|layout|number|period_text|$readers)\.h|planfile/($parsers|model|$stages)\.h"
never 'statistics' "$(part 'exact_sum|moments|quantile')" \
  "$sqlite|(text|comparator|number|decimal|cells|planfile/draft|layout|$readers)\.h|planfile/"
never 'period, value, unit, csv, encoding' \
  "$(part "$parsers|period_text|comparator|meets|number|decimal|csv_faults|csv_write|encoder|encoding_detect|gb18030")" \
  "$sqlite|(cells|planfile/draft|layout|$readers)\.h|planfile/(model|$stages)\.h"
never 'model, layout, cells' "$(part 'model|layout|cells|tables|words')" \
  "$sqlite|(planfile/draft|$readers)\.h|planfile/($stages|csv|bytes|encoding)\.h"
never 'reading a CSV' \
  "$(part "$readers|mapping|package|sheet|delimiter|infer|infer_[a-z]+|conversions|lookup")" \
  "$sqlite|(planfile/draft|edit|intake|lane)\.h|planfile/(book|query|saved|findings|table)\.h"
never 'database' "$(part 'database|authorize|embedded|embedded_migrations')" \
  "(ids|migrate|names|row|store)\.h|(cells|planfile/draft|layout|$readers)\.h|planfile/([^e]|e[^r])"
never 'migrate, schema_check' "$(part 'migrate|schema_check')" "(ids|row|store)\.h|$private|planfile/([^ev]|e[^r]|v[^e])"
never 'file, store' "$(part 'file|catalogue|store|row|ids|names|references|revise|by_id|summary|series_rows|edit')" \
  "($readers|intake|lane)\.h|planfile/(csv|import|mapping|book|query|saved|findings|table)\.h"
never 'changing by SQL' "$(part 'writer|recorder|watched|watched_places')" \
  "(planfile/draft|edit|intake|lane|understand)\.h|planfile/(csv|mapping|book|saved|findings)\.h"
never 'undo' "$(part 'undo')" "(settle|intake|lane)\.h|planfile/(csv|mapping|book|query|saved|findings|table)\.h"
never 'diff, merge' \
  "$(part 'diff|merge|merge_[a-z]+|merging|merging_names|three_way|judge|conflict_file|compare|compare_[a-z]+|change_words|key_text|former')" \
  "(intake|lane|understand)\.h|planfile/(import|mapping|package|book|query|saved|findings|table)\.h"
never 'packing and loading' "$(part 'pack|details|meanings|registry|load|load_[a-z]+|worker')" \
  "(planfile/draft|intake|lane|understand)\.h|planfile/(csv|mapping|book|query|saved|findings|table)\.h"
never 'import' "$(part 'import|importer|filler|intake|lane|lanes|new_names|rejects')" "SQLiteCpp|sqlite3|planfile/(book|query|saved|findings|table)\.h"
never 'passing on' "$(part 'content|content_observations|observation_hash|observation_reading|row_hash|marks|manifest|verify|ship|ship_[a-z]+')" \
  "($readers|intake|lane)\.h|planfile/(csv|import|mapping|book|query|saved|findings|table)\.h"
never 'draft' "$(part 'draft')" "$sqlite|(cells|layout|$readers)\.h|planfile/($parsers|import|book|query|table)\.h"
never 'table' "$(part 'table|table_(csv|encoded|html|json|md|text|xlsx)|writers|display|markup|zip_sizes|chart')" \
  "$sqlite|(cells|planfile/draft|layout|$readers)\.h|planfile/(model|period|value|unit|import|file|book|query)\.h"
never 'chart' "$(part 'chart_[a-z]+')" \
  "$sqlite|(cells|planfile/draft|layout|$readers)\.h|planfile/(model|value|unit|import|file|book|query)\.h"
never "a query's header, findings, codes" "$(part 'header|findings|codes')" \
  "$sqlite|(cells|planfile/draft|layout|$readers)\.h|planfile/(model|csv|import|file|book)\.h"
never 'query, search' "$(part 'query|search|compiled|statement_error|unknown_name')" "(ids|row|store|cells|planfile/draft|layout|$readers)\.h|planfile/(model|csv|import|file|book)\.h"
never 'saved' "$(part 'saved')" "(cells|planfile/draft|layout|$readers)\.h|planfile/(csv|import|book|table)\.h"
never 'book' "$(part 'book')" "$sqlite|settle\.h|planfile/(query|table)\.h"
never 'functions' 'lib/(extension/.*|src/functions\.h)' \
  "SQLiteCpp|(database|ids|migrate|names|pack|row|store|cells|planfile/draft|layout|$readers)\.h|planfile/(csv|import|mapping|file|book|query|saved|findings|table)\.h"
never 'public headers' 'lib/include/.*' "$sqlite|$private"
never 'tools' 'tools/.*' "$sqlite|$private"

unruled=$(sources | grep '^lib/src/' | grep -vE "^($ruled)$")
if [ -n "$unruled" ]; then
  echo "in no part of CONTRIBUTING.md's table:"
  echo "$unruled"
  status=1
fi
exit $status
