// The documents against the program. With PLANFILE_REFRESH_DOCS set, the blocks of both READMEs are
// written anew instead (`./dev docs`).
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "functions.h"
#include "layout.h"
#include "planfile/period.h"
#include "planfile/value.h"
#include "planfile/version.h"
#include "support.h"

namespace planfile::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const char* const kReadmes[] = {"README.md", "README.zh-CN.md"};
std::string_view locale_of(std::string_view readme) {
  return readme == "README.md" ? "C" : "zh_CN.UTF-8";
}
const char* const kDocuments[] = {"README.md", "README.zh-CN.md", "CONTRIBUTING.md",
                                  "CHANGELOG.md"};

std::string document(const std::string& name) { return read(root() / name); }

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(std::span<const std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

// The lines from `begin` up to the one that reads `end`.
std::span<const std::string> block(const Lines& lines, std::size_t begin, std::string_view end) {
  const auto from = lines.begin() + static_cast<std::ptrdiff_t>(std::min(begin, lines.size()));
  const auto to = std::find(from, lines.end(), end);
  if (to == lines.end()) throw std::runtime_error(fmt::format("line {}: no \"{}\"", begin, end));
  return {from, to};
}

// The NAME of a line `<!-- KIND: NAME -->`.
std::optional<std::string> marked(std::string_view line, std::string_view kind) {
  const std::string opening = fmt::format("<!-- {}: ", kind);
  constexpr std::string_view kClosing = " -->";
  if (!line.starts_with(opening) || !line.ends_with(kClosing)) return std::nullopt;
  return std::string(line.substr(opening.size(), line.size() - opening.size() - kClosing.size()));
}

// Where a document's sessions run: a folder with links to the sources' data and the loadable
// extension, the built command first on PATH, and the locale of the document's readers.
class Desk {
 public:
  explicit Desk(std::string_view locale) : locale_(locale) {
    fs::create_symlink(PLANFILE_COMMAND, tools_.path("planfile"));
    fs::create_directory_symlink(root() / "data", work_.path("data"));
    fs::create_symlink(PLANFILE_EXTENSION, work_.path("planfile_ext.so"));
  }

  // What a line of the shell prints, messages among it.
  [[nodiscard]] std::string prints(const std::string& line) const {
    std::string out =
        shell("cd " + shell_word(work_.path("")) + " && PATH=" + shell_word(tools_.path("")) +
              ":$PATH LANG=" + locale_ +
              " && unset LC_ALL LC_MESSAGES && export PATH LANG LC_COLLATE=C && exec 2>&1\n" + line)
            .out;
    if (!out.empty() && out.back() != '\n') out += '\n';
    return out;
  }

  void write(std::string_view name, std::string_view text) const { work_.write(name, text); }

 private:
  Folder tools_, work_;
  std::string locale_;
};

// A session with what its commands print now. `$ ` opens a command, `> ` goes on with it.
std::string session(std::span<const std::string> lines, const Desk& desk) {
  std::string shown, command;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool opens = lines[i].starts_with("$ ");
    if (!opens && (command.empty() || !lines[i].starts_with("> "))) continue;
    shown += lines[i] + '\n';
    command += lines[i].substr(2) + '\n';
    if (i + 1 < lines.size() && lines[i + 1].starts_with("> ")) continue;
    shown += desk.prints(command);
    command.clear();
  }
  return shown;
}

// A document with its blocks as the program fills them now: the help texts, and the sessions, run
// in their order. A block under `<!-- file: NAME -->` is written to that file on the way.
std::string renewed(const std::string& text, std::string_view locale) {
  const Lines lines = lines_of(text);
  const Desk desk(locale);
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out += lines[i] + '\n';
    if (const auto command = marked(lines[i], "help")) {
      out += "```text\n" + run({*command, "--help"}).out + "```\n";
      i += block(lines, i + 1, "<!-- end -->").size();
    } else if (const auto file = marked(lines[i], "file")) {
      desk.write(*file, joined(block(lines, i + 2, "```")));
    } else if (lines[i] == "```console") {
      const auto old = block(lines, i + 1, "```");
      out += session(old, desk);
      i += old.size();
    }
  }
  return out;
}

// Where two texts first differ; empty when nowhere.
std::string difference(const std::string& written, const std::string& printed) {
  const Lines one = lines_of(written), other = lines_of(printed);
  const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  if (a == one.end() && b == other.end()) return {};
  return fmt::format("line {}:\n  written: {}\n  printed: {}\n(./dev docs renews it)",
                     a - one.begin() + 1, a == one.end() ? "the end" : *a,
                     b == other.end() ? "the end" : *b);
}

// The first word of each line of `text` that opens with `before`, behind it.
Lines words_after(const std::string& text, std::string_view before) {
  Lines words;
  for (const std::string& line : lines_of(text)) {
    if (!line.starts_with(before)) continue;
    const std::string rest = line.substr(before.size());
    words.push_back(rest.substr(0, rest.find(' ')));
  }
  return words;
}

Lines commands() {
  const std::string help = run({"--help"}).out;
  const std::size_t from = help.find("Subcommands:");
  return words_after(help.substr(from, help.find("\n\n", from) - from), "  ");
}

// The texts between backquotes.
Lines codes(const std::string& cell) {
  Lines all;
  for (std::size_t at = cell.find('`'); at != std::string::npos;) {
    const std::size_t end = cell.find('`', at + 1);
    all.push_back(cell.substr(at + 1, end - at - 1));
    at = cell.find('`', end + 1);
  }
  return all;
}

// The table under `<!-- table: NAME -->`: every code of a row's first cell, with the first of its
// second.
std::vector<std::pair<std::string, std::string>> readings(const std::string& text,
                                                          const std::string& name) {
  const Lines lines = lines_of(text.substr(text.find(fmt::format("<!-- table: {} -->", name))));
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& line : block(lines, 0, "")) {
    if (!line.starts_with("| `")) continue;
    const std::size_t bar = line.find('|', 1);
    for (const std::string& printed : codes(line.substr(0, bar))) {
      all.emplace_back(printed, codes(line.substr(bar)).front());
    }
  }
  if (all.empty()) throw std::runtime_error("no table " + name);
  return all;
}

// The last cell of each row of the table under `<!-- table: functions -->`: an expression and what
// it gives.
std::vector<std::pair<std::string, std::string>> examples(const std::string& text) {
  const Lines lines = lines_of(text.substr(text.find("<!-- table: functions -->")));
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& line : block(lines, 0, "")) {
    if (!line.starts_with("| `")) continue;
    const Lines cell = codes(line.substr(line.rfind("| ", line.size() - 2)));
    all.emplace_back(cell.at(0), cell.at(1));
  }
  return all;
}

// `>= 99 %`, `3 to 5`, `= 3.7 (2019)`, `missing`, `wording`, `refused`
std::string read_as(const Parsed<Figure>& read) {
  if (!read) return "refused";
  if (read->missing) return "missing";
  if (!read->wording.empty()) return "wording";
  std::string shown = read->high
                          ? fmt::format("{} to {}", to_text(*read->value), to_text(*read->high))
                          : fmt::format("{} {}", to_text(read->comparator), to_text(*read->value));
  if (!read->unit.empty()) shown += ' ' + read->unit;
  if (read->period) shown += fmt::format(" ({})", to_text(*read->period));
  return shown;
}

// A README's item on a table or view, and a text in which to look for it.
std::string item(std::string_view name, std::string_view columns) {
  return fmt::format("- `{}`: {}. ", name, columns);
}
std::string on_one_line(const std::string& text) {
  std::string line;
  std::istringstream in(text);
  for (std::string word; in >> word;) line += word + ' ';
  return line;
}

// The item on a table of a book: required columns in bold.
template <class Fact>
std::string item_of() {
  std::string cell;
  const auto add = [&](const auto& column) {
    const bool required = column.presence == kRequired || column.presence == kKey;
    cell += fmt::format(fmt::runtime(required ? "{}**{}**" : "{}{}"), cell.empty() ? "" : ", ",
                        column.name);
  };
  std::apply([&](const auto&... column) { (add(column), ...); }, columns_of<Fact>);
  return item(table_of<Fact>, cell);
}

template <class... Facts>
Lines items_of() {
  return {item_of<Facts>()...};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(docs)

BOOST_DATA_TEST_CASE(every_block_shows_what_the_program_prints, kReadmes) {
  const std::string written = document(sample);

  const std::string printed = renewed(written, locale_of(sample));

  // Nothing is written when a file is missing that an earlier session was to make.
  BOOST_REQUIRE(!holds(printed, ": no such file\n"));
  if (std::getenv("PLANFILE_REFRESH_DOCS") != nullptr) std::ofstream(root() / sample) << printed;
  BOOST_TEST(difference(document(sample), printed) == "");
}

BOOST_DATA_TEST_CASE(every_command_has_its_help, kReadmes) {
  const std::string text = document(sample);

  for (const std::string& command : commands()) {
    BOOST_TEST(holds(text, fmt::format("<!-- help: {} -->\n", command)), command);
  }
}

BOOST_DATA_TEST_CASE(every_saved_query_is_listed, kReadmes) {
  const std::string text = document(sample);

  for (const auto& entry : fs::directory_iterator(root() / "sql")) {
    const std::string name = entry.path().stem().string();
    BOOST_TEST(holds(text, fmt::format("| `{}` |", name)), name);
  }
}

BOOST_DATA_TEST_CASE(values_are_read_as_the_table_says, kReadmes) {
  for (const auto& [printed, expected] : readings(document(sample), "values")) {
    BOOST_TEST(read_as(parse_value(printed)) == expected, printed);
  }
}

BOOST_DATA_TEST_CASE(periods_are_read_as_the_table_says, kReadmes) {
  for (const auto& [printed, expected] : readings(document(sample), "periods")) {
    const auto period = parse_period(printed);
    BOOST_TEST((period ? to_text(*period) : "refused") == expected, printed);
  }
}

BOOST_DATA_TEST_CASE(functions_give_what_the_table_says, kReadmes) {
  const PlanFile plan;

  const auto table = examples(document(sample));

  BOOST_TEST(table.size() > 20);
  for (const auto& [expression, expected] : table) {
    const Table found = plan.rows("SELECT " + expression);
    const auto* number = std::get_if<double>(&found.rows.at(0).at(0));
    const std::string shown =
        number ? fmt::format("{:.12g}", *number) : to_text(found.rows.at(0).at(0));
    BOOST_TEST(shown == expected, expression);
  }
}

BOOST_DATA_TEST_CASE(every_function_is_listed, kReadmes) {
  const PlanFile plan;
  const std::string text = document(sample);

  for (const auto& row : plan.rows("SELECT DISTINCT name FROM pragma_function_list").rows) {
    const std::string name = to_text(row.at(0));
    BOOST_TEST((!is_own_function(name) || holds(text, "\n| `" + name + "(")), name);
  }
}

BOOST_DATA_TEST_CASE(every_column_of_a_book_is_listed, kReadmes) {
  const std::string text = on_one_line(document(sample));

  for (const std::string& expected :
       items_of<Source, Entity, Scope, Unit, Indicator, Alias, Formula, Plan, Import, Project,
                Observation, Target, Milestone, Outlay, Revision, SavedQuery>()) {
    BOOST_TEST(holds(text, expected), expected);
  }
}

BOOST_FIXTURE_TEST_CASE(every_column_of_a_public_view_is_listed, PlanFile) {
  for (const auto& cells :
       rows("SELECT v.name, group_concat(c.name, ', ') FROM sqlite_schema AS v, "
            "pragma_table_info(v.name) AS c WHERE v.type = 'view' GROUP BY v.name")
           .rows) {
    const std::string expected =
        item(std::get<std::string>(cells[0]), std::get<std::string>(cells[1]));
    for (const char* name : kReadmes) {
      BOOST_TEST(holds(on_one_line(document(name)), expected), name << ": " << expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_readmes_name_each_other) {
  BOOST_TEST(holds(document("README.md"), "](README.zh-CN.md)"));
  BOOST_TEST(holds(document("README.zh-CN.md"), "](README.md)"));
}

BOOST_AUTO_TEST_CASE(every_step_of_dev_is_told) {
  const std::string text = document("CONTRIBUTING.md");

  for (const std::string& step :
       words_after(shell(shell_word((root() / "dev").string()) + " help").out, "./dev ")) {
    BOOST_TEST(holds(text, fmt::format("`./dev {}`", step)), step);
  }
}

BOOST_AUTO_TEST_CASE(the_changelog_tells_of_this_version) {
  BOOST_TEST(holds(document("CHANGELOG.md"), fmt::format("\n## [{}]", kVersion)));
}

BOOST_DATA_TEST_CASE(every_link_to_a_file_leads_to_one, kDocuments) {
  const std::string text = document(sample);

  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
    const std::string link = text.substr(at + 2, text.find_first_of(")#", at) - at - 2);
    BOOST_TEST((holds(link, ":") || fs::exists(root() / link)), link);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
