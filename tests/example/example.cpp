// What a program does with the library: makes a plan file, adds facts, asks saved and ad-hoc
// questions, stops a statement that takes too long.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include <planfile/file.h>
#include <planfile/query.h>
#include <planfile/value.h>
#include <planfile/version.h>

namespace {

using namespace planfile;

// Facts are plain structs; codes say what belongs together.
void add_facts(File& file) {
  Edit edit(file);
  edit.put(std::span<const Source>(std::vector<Source>{
      {.code = "yb", .title = "统计年鉴", .published = "2023-11-01", .kind = "yearbook"}}));
  edit.put(std::span<const Entity>(
      std::vector<Entity>{{.code = "demo", .name = "示范区", .kind = "zone"}}));
  edit.put(std::span<const Indicator>(std::vector<Indicator>{{.code = "gdp",
                                                              .name = "地区生产总值",
                                                              .unit = "亿元",
                                                              .direction = "higher",
                                                              .kind = "flow"}}));
  std::vector<Observation> figures;
  const std::vector<std::pair<const char*, const char*>> printed = {
      {"2021", "1,008.5"}, {"2022", "近1100"}, {"2022年1-8月", "730.2"}};
  for (const auto& [period, value] : printed) {
    figures.push_back({.indicator = "gdp",
                       .entity = "demo",
                       .period = *parse_period(period),
                       .value = *parse_value(value),
                       .measure = "level",
                       .status = "A",
                       .source = "yb"});
  }
  const Changes changes = edit.put(std::span<const Observation>(figures));
  edit.commit();
  std::cout << changes.added << " figures added\n";
}

// Rows come one by one; a cell is NULL, an integer, a number or a text.
class Printer : public RowSink {
 public:
  void head(std::span<const std::string> columns) override {
    for (const std::string& name : columns) std::cout << name << ' ';
    std::cout << '\n';
  }
  void row(std::span<const Cell> cells) override {
    for (const Cell& cell : cells) {
      const double* number = std::get_if<double>(&cell);
      std::cout << (number != nullptr ? "number " : "") << to_text(cell) << ' ';
    }
    std::cout << '\n';
  }
};

void ask(Reader& reader) {
  Printer printer;
  reader.sql("SELECT period, value, comparator FROM observations ORDER BY starts, ends DESC",
             printer);

  TableSink latest;
  reader.run(reader.query("value-latest"), {{"indicator", "地区生产总值"}}, latest);
  std::cout << latest.table().rows.size() << " row of value-latest\n";
}

// A statement without end is stopped by the limit; what is wrong comes as one type.
void give_up(const char* path) {
  Reader reader(path, {.time = std::chrono::milliseconds(50)});
  TableSink rows;
  try {
    reader.sql(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
        rows);
  } catch (const Error& error) {
    std::cout << (error.code() == Errc::stopped ? "stopped" : error.what()) << '\n';
  }
}

}  // namespace

int main() {
  const char* path = "example.db";
  std::remove(path);
  try {
    File file = File::create(path);
    add_facts(file);
    Reader reader(path);
    ask(reader);
    give_up(path);
  } catch (const Error& error) {
    std::cerr << "example: " << error.what() << '\n';
    return 1;
  }
}
