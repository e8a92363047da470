#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "planfile/query.h"

namespace planfile {

// What the codes in columns of tables and results mean, by the file's table `code`.
class CodeNames {
 public:
  struct Name {
    std::string zh, en;
  };

  CodeNames() = default;

  // Reads them; a file from before that table has none. Errors as Reader::sql.
  explicit CodeNames(Reader& reader);

  // The name of a code in a column of this name. The list is the one called like the column or,
  // when there is none, like the part of its name behind the last '_': `planned_reason` holds
  // reasons. nullptr when there is no such list or code. Valid while the object is.
  [[nodiscard]] const Name* find(std::string_view column, std::string_view code) const;

 private:
  using List = std::map<std::string, Name, std::less<>>;
  std::map<std::string, List, std::less<>> lists_;
};

}  // namespace planfile
