#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace planfile {

// What kind of trouble stopped the work. `main` turns it into an exit code.
enum class Errc {
  usage,            // asked wrongly: no such query, parameter, table, ...
  no_such_file,     // the file or folder is not there
  not_a_plan_file,  // it is there, but is not a plan file
  newer_file,       // a plan file of a later schema
  bad_query,        // SQL that does not compile, or a saved query that breaks its own header
  refused,          // well-formed work that the data or the file's rules refuse
  stopped,          // a limit that the caller set was reached
  storage,          // the file system or SQLite could not do it
};

// The only type thrown across a public header. `what()` names the file first where there is one.
class Error : public std::runtime_error {
 public:
  Error(Errc code, const std::string& message) : std::runtime_error(message), code_(code) {}
  [[nodiscard]] Errc code() const noexcept { return code_; }

 private:
  Errc code_;
};

// Something wrong with the data. It is a result, not an exception, so that one run reports all.
struct Issue {
  std::string file;          // name as given; empty when there is only one text
  std::size_t line = 0;      // 1-based, in the text as given; 0 when the whole file is wrong
  std::size_t position = 0;  // 1-based, in characters of that line; 0 when `column` says it
  std::string column;        // header name; empty when the whole row is wrong
  std::string message;       // lower case, no full stop, quotes the text it is about

  bool operator==(const Issue&) const = default;
};

// One issue as compilers print it: `gdp.csv:17: value: not a number: "12..5"`.
std::string to_text(const Issue& issue);

// What reading a text yields: the thing, or why it can't be read.
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string reason;  // as Issue::message; empty exactly when `value` is set

  Parsed(T read) : value(std::move(read)) {}
  static Parsed fault(std::string why) { return Parsed(nullptr, std::move(why)); }

  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }

 private:
  Parsed(std::nullptr_t, std::string why) : reason(std::move(why)) {}
};

}  // namespace planfile
