// SQL as text: its words and where statements end. Knows no file.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace planfile {

// A piece of SQL. Space between two pieces belongs to neither.
struct SqlToken {
  enum class Kind {
    word,    // a keyword, a bare name or a number
    name,    // in "double quotes", `backticks` or [brackets]
    text,    // in 'single quotes'
    sign,    // one character of punctuation
    comment  // from -- to the end of its line, or between /* and */
  };

  Kind kind = Kind::sign;
  std::string_view text;  // with its quotes
  std::size_t at = 0;     // its place in the SQL, in bytes
  bool closed = true;     // false for quotes or a /* that the SQL ends within
};

// The pieces of `sql` in their order. Any text has some; nothing is refused.
std::vector<SqlToken> sql_tokens(std::string_view sql);

// Whether `sql` ends where a statement ends: at a semicolon that stands in no quotes and no
// comment; only comments may follow. A full-width ；counts too: SQLite will refuse it, which is
// what its writer needs to see.
bool is_complete(std::string_view sql);

// The statements of a script, each with its semicolon and the space and comments before it. What
// follows the last semicolon is one more, unless it says nothing.
std::vector<std::string_view> split_statements(std::string_view script);

// A sign such as ，（ or “ that an input method for Chinese wrote outside of quotes, where SQL
// wants its like in ASCII.
struct FullWidthSign {
  std::string_view sign, wanted;
  std::size_t at = 0;
};
std::optional<FullWidthSign> find_full_width_sign(std::string_view sql);

// The keywords of SQL that people write in queries and changes, in capitals.
std::span<const std::string_view> sql_keywords();

// The place of byte `at` in a text: line and column from 1 on, the column in characters.
struct TextPlace {
  std::size_t line = 1, column = 1;
};
TextPlace place_in(std::string_view text, std::size_t at);

}  // namespace planfile
