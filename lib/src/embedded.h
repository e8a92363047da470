// The SQL that is built in: schema/ and sql/, as text.
#pragma once

#include <span>
#include <string_view>

namespace planfile {

struct EmbeddedText {
  std::string_view name;  // the file's stem: "0001_facts", "target-progress"
  std::string_view text;
};

std::span<const EmbeddedText> embedded_migrations();  // in the order of their numbers
std::span<const EmbeddedText> embedded_queries();     // in the order of their names

}  // namespace planfile
