#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "writers.h"

namespace planfile {
namespace {

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Numbers as in every other format, where nlohmann would write 60 as 60.0 and infinity as null.
std::string json_value(const Cell& cell) {
  if (is_null(cell)) return "null";
  if (const auto* text = std::get_if<std::string>(&cell)) return json_text(*text);
  const double* real = std::get_if<double>(&cell);
  if (real != nullptr && std::isinf(*real)) return *real > 0 ? "1e999" : "-1e999";
  return to_text(cell);
}

// What goes before each value of an object, no two alike: `a`, `a`, `a` become `a`, `a_2`, `a_3`.
std::vector<std::string> json_keys(std::span<const std::string> names) {
  std::unordered_set<std::string> taken(names.begin(), names.end());
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<std::string> keys;
  for (const std::string& name : names) {
    std::string key = name;
    std::size_t& count = seen[name];
    if (++count > 1) {
      while (!taken.insert(key = fmt::format("{}_{}", name, count)).second) ++count;
    }
    keys.push_back(json_text(key) + ':');
  }
  return keys;
}

class JsonLinesWriter : public RowSink {
 public:
  explicit JsonLinesWriter(std::ostream& out) : out_(out) {}

  void head(std::span<const std::string> columns) override { keys_ = json_keys(columns); }

  void row(std::span<const Cell> cells) override { out_ << object(cells) << '\n'; }

 protected:
  [[nodiscard]] std::string object(std::span<const Cell> cells) const {
    std::string text = "{";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      text.append(keys_[i]).append(json_value(cells[i]));
    }
    return text += '}';
  }

  std::ostream& out_;

 private:
  std::vector<std::string> keys_;
};

class JsonWriter : public JsonLinesWriter {
 public:
  using JsonLinesWriter::JsonLinesWriter;

  void row(std::span<const Cell> cells) override {
    out_ << (empty_ ? "[\n" : ",\n") << object(cells);
    empty_ = false;
  }

  void finish() override { out_ << (empty_ ? "[]\n" : "\n]\n"); }

 private:
  bool empty_ = true;
};

}  // namespace

std::unique_ptr<RowSink> make_json_writer(std::ostream& out) {
  return std::make_unique<JsonWriter>(out);
}

std::unique_ptr<RowSink> make_ndjson_writer(std::ostream& out) {
  return std::make_unique<JsonLinesWriter>(out);
}

}  // namespace planfile
