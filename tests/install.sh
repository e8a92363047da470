#!/usr/bin/env bash
# Installs planfile into a folder of its own and builds tests/example against it: by CMake, with the
# shared and the static library, and by pkg-config. All must say the same.
set -euo pipefail
source=${1:?the folder of the project}
build=${2:?the folder it was built in}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cat >"$work/expected" <<'TEXT'
3 figures added
period value comparator 
2021 number 1008.5 = 
2022 number 1100 ~< 
2022-01/2022-08 number 730.2 = 
1 row of value-latest
stopped
TEXT

cmake -S "$source/tests/example" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" ||
  { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
found=$(find "$work/prefix" -name planfile.pc)
flags=$(PKG_CONFIG_PATH=${found%/*} pkg-config --cflags --libs planfile)
# shellcheck disable=SC2086  # the flags are words
c++ -std=c++20 "$source/tests/example/example.cpp" $flags -o "$work/build/example_pkgconfig"
library=$(dirname "$(find "$work/prefix" -name libplanfile.so)")

cd "$work"
for program in example example_static example_pkgconfig; do
  LD_LIBRARY_PATH=$library "build/$program" >"$program.out"
  diff expected "$program.out"
done
"$work/prefix/bin/planfile" --version

# Every command has a page, and each shell its completions.
for command in $("$work/prefix/bin/planfile" complete -- "" | cut -f 1); do
  grep -q '^.SH SYNOPSIS' "$work/prefix/share/man/man1/planfile-$command.1"
done
bash -n "$work/prefix/share/bash-completion/completions/planfile"
test -s "$work/prefix/share/zsh/site-functions/_planfile"
test -s "$work/prefix/share/fish/vendor_completions.d/planfile.fish"

# The loadable extension is whole by itself.
extension=$(find "$work/prefix" -name planfile_ext.so)
[ "$(sqlite3 :memory: ".load ${extension%.so}" "SELECT period_end('2022年上半年')")" = 2022-06-30 ]
[ -z "$(ldd "$extension" | grep -E 'fmt|utf8proc|stdc|sqlite')" ]
