#include "planfile/book.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cells.h"
#include "check.h"
#include "layout.h"
#include "planfile/csv.h"
#include "planfile/draft.h"
#include "planfile/nearest.h"
#include "tables.h"

namespace planfile {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  if (!fs::is_regular_file(path)) {
    throw Error(Errc::storage, fmt::format("{}: not a file that can be read", path.string()));
  }
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) throw Error(Errc::storage, fmt::format("{}: can't be read", path.string()));
  return text;
}

void write_text(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw Error(Errc::storage, fmt::format("{}: can't be written", path.string()));
}

void name_file(std::vector<Issue>& issues, const std::string& file) {
  for (Issue& issue : issues) issue.file = file;
}

void append(std::vector<Issue>& all, std::vector<Issue>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<std::string_view> book_tables() {
  std::vector<std::string_view> tables;
  each_table([&]<class Fact>() { tables.push_back(table_of<Fact>); });
  return tables;
}

bool is_csv(std::string extension) {
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".csv";
}

// CSVs of the folder that are no table of a book: most likely a name with a slip.
void report_strangers(const fs::path& folder, Report& report) {
  const auto tables = book_tables();
  std::set<fs::path> strangers;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    const std::string name = path.filename().string(), extension = path.extension().string();
    const bool hidden = name.starts_with('.') || name.starts_with("~$");  // an editor's own
    const bool known = extension == ".csv" && std::find(tables.begin(), tables.end(),
                                                        path.stem().string()) != tables.end();
    if (is_csv(extension) && !known && !hidden) strangers.insert(path);
  }
  for (const fs::path& path : strangers) {
    const std::string name = path.stem().string();
    report.issues.push_back({.file = path.string(),
                             .line = 0,
                             .position = 0,
                             .column = {},
                             .message = fmt::format("not a table of a book: \"{}\"{}", name,
                                                    did_you_mean(name, tables))});
  }
}

template <class Fact>
void put_counted(Edit& edit, const std::vector<Fact>& facts,
                 const std::vector<std::string>& columns, Report& report) {
  const Changes changes = edit.put(std::span<const Fact>(facts), columns);
  report.changes.added += changes.added;
  report.changes.changed += changes.changed;
  report.changes.unchanged += changes.unchanged;
}

// One table of a book: read, checked and, while the book is without fault, put.
template <class Fact>
void build_table(const fs::path& folder, Catalogue& known, Edit& edit, Report& report) {
  const fs::path path = folder / fmt::format("{}.csv", table_of<Fact>);
  if (!fs::exists(fs::symlink_status(path))) return;
  Checked<Fact> checked = check<Fact>(read_csv(read_text(path)), known);
  name_file(checked.issues, path.string());
  append(report.issues, std::move(checked.issues));
  report.rows.emplace_back(table_of<Fact>, checked.facts.size());
  if (!report.issues.empty()) return;
  put_counted(edit, checked.facts, checked.columns, report);
}

template <class Fact>
std::vector<std::string> cells_of(const Fact& fact) {
  std::vector<std::string> cells;
  std::apply([&](const auto&... column) { (cells.push_back(cell_text(fact.*column.member)), ...); },
             columns_of<Fact>);
  return cells;
}

template <class Fact>
std::vector<std::string> header_of() {
  std::vector<std::string> names;
  std::apply([&](const auto&... column) { (names.emplace_back(column.name), ...); },
             columns_of<Fact>);
  return names;
}

// The type of a column in the Frictionless Table Schema.
template <class Column, class Fact>
std::string_view field_type(const Column& column, const Fact& fact) {
  using Value = std::remove_cvref_t<decltype(fact.*column.member)>;
  if (std::is_same_v<Value, double>) return "number";
  if (std::is_same_v<Value, std::int64_t> || std::is_same_v<Value, std::optional<std::int64_t>>) {
    return "integer";
  }
  return column.form == Form::day ? "date" : "string";
}

bool is_builtin_list(std::string_view table) {
  return table == "status" || table == "stage" || table == "sector" || table == "import";
}

// What a Frictionless reader needs to know of one CSV. References that the built-in code lists may
// satisfy are no foreign keys of the package: their rows are not in the book.
template <class Fact>
nlohmann::ordered_json resource_of() {
  using Json = nlohmann::ordered_json;
  Json fields = Json::array(), key = Json::array();
  std::apply(
      [&](const auto&... column) {
        const auto add = [&](const auto& one) {
          Json field = {{"name", one.name}, {"type", field_type(one, Fact{})}};
          if (one.presence == kRequired || one.presence == kKey) {
            field["constraints"] = {{"required", true}};
          }
          if (!one.refers.empty() && !is_builtin_list(one.refers)) {
            field["planfile:refers"] = one.refers;
          }
          fields.push_back(std::move(field));
          if (one.presence == kKey || one.presence == kKeyed) key.push_back(one.name);
        };
        (add(column), ...);
      },
      columns_of<Fact>);
  return {{"name", table_of<Fact>},
          {"path", fmt::format("{}.csv", table_of<Fact>)},
          {"type", "table"},
          {"format", "csv"},
          {"mediatype", "text/csv"},
          {"encoding", "utf-8"},
          {"dialect", {{"lineTerminator", "\n"}}},
          {"schema",
           {{"fields", std::move(fields)},
            {"fieldsMatch", "superset"},  // a CSV may leave columns out
            {"primaryKey", std::move(key)}}}};
}

// Writes one table, without the rows that every new file has.
template <class Fact>
void export_table(const File& file, const File& fresh, const fs::path& folder,
                  nlohmann::ordered_json& resources) {
  std::set<std::vector<std::string>> builtin;
  for (const Fact& fact : fresh.all<Fact>()) builtin.insert(cells_of(fact));
  std::vector<std::vector<std::string>> rows;
  for (const Fact& fact : file.all<Fact>()) {
    auto cells = cells_of(fact);
    if (!builtin.contains(cells)) rows.push_back(std::move(cells));
  }
  if (rows.empty()) return;
  auto header = header_of<Fact>();
  // A book that no import ever touched needs no column to tell them apart.
  const bool no_imports =
      header.back() == "import" &&
      std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.back().empty(); });
  if (no_imports) header.pop_back();
  std::string text = csv_line(header);
  for (const auto& row : rows) text += csv_line(std::span(row).first(header.size()));
  write_text(folder / fmt::format("{}.csv", table_of<Fact>), text);
  resources.push_back(resource_of<Fact>());
}

void export_tables(const File& file, const fs::path& folder) {
  const File fresh = File::in_memory();
  nlohmann::ordered_json resources = nlohmann::ordered_json::array();
  each_table([&]<class Fact>() { export_table<Fact>(file, fresh, folder, resources); });
  const nlohmann::ordered_json package = {
      {"$schema", "https://datapackage.org/profiles/2.0/datapackage.json"},
      {"name", "planfile-book"},
      {"resources", std::move(resources)}};
  write_text(folder / "datapackage.json", package.dump(2) + "\n");
}

}  // namespace

OpenedBook open_book(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw Error(Errc::no_such_file, fmt::format("{}: no such folder", folder.string()));
  }
  OpenedBook opened;
  Report& report = opened.report;
  report_strangers(folder, report);
  File made = File::in_memory();
  Catalogue known = made.catalogue();
  Edit edit(made);
  each_table([&]<class Fact>() { build_table<Fact>(folder, known, edit, report); });
  if (report.rows.empty() && report.issues.empty()) {
    throw Error(Errc::no_such_file,
                fmt::format("{}: no book: none of its tables is there", folder.string()));
  }
  if (!report.issues.empty()) return opened;
  edit.commit();
  opened.file = std::move(made);
  return opened;
}

Report build_book(const fs::path& folder, const fs::path& file, Existing existing) {
  if (fs::is_directory(folder) && existing == Existing::keep &&
      fs::exists(fs::symlink_status(file))) {
    throw Error(Errc::usage, fmt::format("{}: exists already", file.string()));
  }
  OpenedBook opened = open_book(folder);
  if (opened.file) opened.file->copy_to(file, existing);
  return std::move(opened.report);
}

void export_book(const File& file, const fs::path& folder) {
  Draft draft(folder);
  std::error_code failed;
  fs::create_directories(draft.path(), failed);
  if (failed) {
    throw Error(Errc::storage,
                fmt::format("{}: can't be made: {}", folder.string(), failed.message()));
  }
  export_tables(file, draft.path());
  draft.publish();
}

}  // namespace planfile
