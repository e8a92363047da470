// What a word in the shell may become.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/query.h"

namespace planfile {

// One thing that may stand in place of what was typed.
struct Suggestion {
  std::string text;   // what to insert
  std::string shown;  // what to list: with a code, its name

  auto operator<=>(const Suggestion&) const = default;
};

struct Suggestions {
  std::size_t size = 0;           // bytes before the cursor that a candidate replaces
  std::vector<Suggestion> words;  // in order; none where nothing fits
  std::string closing;            // what follows where there is only one: a quote, a space
};

// The longest beginning that all words share.
std::string common_beginning(std::span<const Suggestion> words);

// The words of a file's SQL. Read once: what a shell runs does not change them.
struct SqlVocabulary {
  std::map<std::string, std::vector<std::string>> columns;  // by table or view
  std::vector<std::string> functions;
};

// The names of the formats in which rows are written.
std::vector<std::string_view> format_names();

// Completes the last word of `before` in SQL: keywords, tables, columns, functions; within single
// quotes codes and names of what the file holds, those of the column that they are compared with.
// `pending` are the lines of the statement before, `after` follows the cursor.
Suggestions suggest_for_sql(Reader& reader, SqlVocabulary& vocabulary, std::string_view pending,
                            std::string_view before, std::string_view after);

// Completes a command that begins with a dot: its name, or what it is about.
Suggestions suggest_for_command(Reader& reader, SqlVocabulary& vocabulary,
                                std::span<const std::string_view> commands,
                                std::string_view before);

}  // namespace planfile
