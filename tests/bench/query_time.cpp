// Times saved queries in one process, on a file that stays open, so that neither the start of a
// program nor a cold cache is in the figure. A query is compiled anew each time, as a command does.
//   bench_query FILE < tasks    a task a line:
//   {"query": "value-latest", "parameters": {"indicator": "gdp"}, "runs": 3, "sum": "value"}
//   {"sql": "SELECT ...", "runs": 3, "sum": "value"}
// Answers each with a line: {"seconds": [...], "rows": 100, "sum": 1234.5}; `sum` is of that
// column.
#include <chrono>
#include <cstdint>
#include <functional>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "planfile/query.h"

namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

// Counts rows and adds up one column; prints nothing.
class Tally : public planfile::RowSink {
 public:
  explicit Tally(std::string column) : column_(std::move(column)) {}

  void head(std::span<const std::string> columns) override {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      if (columns[at] == column_) at_ = at;
    }
  }
  void row(std::span<const planfile::Cell> cells) override {
    ++rows_;
    if (at_ >= cells.size()) return;
    if (const auto* real = std::get_if<double>(&cells[at_])) sum_ += *real;
    if (const auto* whole = std::get_if<std::int64_t>(&cells[at_])) {
      sum_ += static_cast<double>(*whole);
    }
  }
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] double sum() const { return sum_; }

 private:
  std::string column_;
  std::size_t at_ = static_cast<std::size_t>(-1);
  std::uint64_t rows_ = 0;
  double sum_ = 0;
};

// What is to be timed: a saved query with its arguments, or a statement.
std::function<void(planfile::RowSink&)> task_of(planfile::Reader& reader, const json& task) {
  if (task.contains("sql")) {
    return [&reader, sql = task["sql"].get<std::string>()](planfile::RowSink& rows) {
      reader.sql(sql, rows);
    };
  }
  planfile::Arguments arguments;
  for (const auto& [name, value] : task.at("parameters").items()) arguments[name] = value;
  const planfile::Query query = reader.query(task.at("query").get<std::string>());
  return
      [&reader, query, arguments](planfile::RowSink& rows) { reader.run(query, arguments, rows); };
}

json answer(planfile::Reader& reader, const json& task) {
  const auto run = task_of(reader, task);
  json seconds = json::array();
  Tally last{{}};
  for (int count = task.value("runs", 1); count > 0; --count) {
    Tally tally(task.value("sum", ""));
    const auto began = Clock::now();
    run(tally);
    seconds.push_back(std::chrono::duration<double>(Clock::now() - began).count());
    last = tally;
  }
  return {{"seconds", seconds}, {"rows", last.rows()}, {"sum", last.sum()}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "bench_query FILE < tasks\n";
    return 2;
  }
  try {
    planfile::Reader reader(argv[1]);
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << answer(reader, json::parse(line)).dump() << std::endl;
    }
  } catch (const std::exception& trouble) {
    std::cerr << "bench_query: " << trouble.what() << '\n';
    return 3;
  }
}
