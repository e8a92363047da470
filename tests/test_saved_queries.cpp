#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <ostream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "planfile/csv.h"
#include "planfile/query.h"
#include "support.h"

namespace planfile::test {
namespace {

namespace fs = std::filesystem;

// The books that have expected results: each folder of tests/data/expected is named for one.
std::vector<std::string> book_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root() / "tests/data/expected")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The plan files that the cases ask, built once.
class Books : public Folder {
 public:
  Books() {
    for (const std::string& name : book_names()) {
      const fs::path own = root() / "tests/data" / name;
      const fs::path folder = fs::exists(own) ? own : root() / "data" / name;
      const Outcome built = run({"build", folder.string(), "-o", path(name + ".db")});
      if (built.code != 0) throw std::runtime_error(built.err);
    }
  }
};

const Books& books() {
  static const Books all;
  return all;
}

std::vector<std::string> stems(const fs::path& folder, std::string_view extension) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == extension) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> query_names() { return stems(root() / "sql", ".sql"); }

// One expected result: tests/data/expected/BOOK/QUERY[@NAME=VALUE[@...]].csv
struct Expected {
  std::string book, stem;
};
std::ostream& operator<<(std::ostream& out, const Expected& it) {
  return out << it.book << '/' << it.stem;
}

std::vector<Expected> expected_results() {
  std::vector<Expected> all;
  for (const std::string& book : book_names()) {
    for (const std::string& stem : stems(root() / "tests/data/expected" / book, ".csv")) {
      all.push_back({book, stem});
    }
  }
  return all;
}

// Its cells as text, the header among them. CSV from either program reads the same.
std::vector<std::vector<std::string>> cells(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  for (const Record& record : read_csv(csv).records) {
    std::vector<std::string> row;
    for (const Field& field : record.fields) row.push_back(field.text);
    rows.push_back(std::move(row));
  }
  return rows;
}

bool is_number(const std::string& text, double& number) {
  if (text.empty() || text.find_first_not_of("+-.0123456789e") != std::string::npos) return false;
  char* end = nullptr;
  number = std::strtod(text.c_str(), &end);
  return *end == '\0';
}

// Equal texts, or numbers within 1e-9 of each other (methods.md): 60, 60.0 and 6e1 are one.
bool same(const std::string& a, const std::string& b) {
  double x = 0, y = 0;
  if (a == b) return true;
  if (!is_number(a, x) || !is_number(b, y)) return false;
  return std::abs(x - y) <= 1e-9 * std::max({1.0, std::abs(x), std::abs(y)});
}

void compare(const std::string& got, const std::string& wanted) {
  auto a = cells(got);
  const auto b = cells(wanted);
  if (a.empty() && b.size() == 1) a = b;  // without a row the stock shell prints no header either
  BOOST_TEST(a.size() == b.size(),
             "rows: " << a.size() << " where " << b.size() << " were expected");
  for (std::size_t row = 0; row < std::min(a.size(), b.size()); ++row) {
    BOOST_REQUIRE(a[row].size() == b[row].size());
    for (std::size_t at = 0; at < a[row].size(); ++at) {
      BOOST_TEST(same(a[row][at], b[row][at]), "row " << row << ", " << b[0][at] << ": \""
                                                      << a[row][at] << "\" where \"" << b[row][at]
                                                      << "\" was expected");
    }
  }
}

std::string run_in_planfile(const std::string& book, const std::string& query,
                            const std::vector<std::string>& parameters) {
  std::vector<std::string> words = {"run", books().path(book), query, "--format", "csv"};
  for (const std::string& parameter : parameters) {
    words.insert(words.end(), {"-p", parameter});
  }
  const Outcome outcome = run(words);
  BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
  return outcome.out;
}

// The same text in the stock shell, which reads the query from the file itself.
std::string run_in_sqlite3(const std::string& book, const std::string& query,
                           const std::vector<std::string>& parameters) {
  const Folder folder;
  std::string script = ".headers on\n.mode csv\n.param init\n";
  for (const std::string& parameter : parameters) {
    const std::size_t equals = parameter.find('=');
    script += ".param set :" + parameter.substr(0, equals) + " \"'" + parameter.substr(equals + 1) +
              "'\"\n";
  }
  script += ".read " + folder.path("query.sql") + "\n";
  const std::string db = shell_word(books().path(book));
  const std::string text = "sqlite3 -readonly " + db + " \"SELECT text FROM query WHERE name = '" +
                           query + "'\" > " + shell_word(folder.path("query.sql"));
  BOOST_REQUIRE(shell(text).code == 0);
  const Outcome outcome = shell("cp " + db + " " + shell_word(folder.path("copy.db")) +
                                " && sqlite3 -bail " + shell_word(folder.path("copy.db")) + " < " +
                                shell_word(folder.write("script", script)));
  BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
  return outcome.out;
}

// The named parts of a query's WITH clause, each with its whole text.
std::map<std::string, std::string> named_parts(const std::string& text) {
  static const std::regex begins(R"((\w+)( \([^)]*\))? AS (NOT )?(MATERIALIZED )?\()");
  std::map<std::string, std::string> parts;
  std::istringstream lines(text);
  std::string name;
  for (std::string line; std::getline(lines, line);) {
    std::smatch words;
    if (name.empty() && std::regex_match(line, words, begins)) name = words[1];
    if (name.empty()) continue;
    const bool ends = line.starts_with(')');
    parts[name] += ends ? ")" : line + '\n';  // a comma follows all but the last
    if (ends) name.clear();
  }
  return parts;
}

std::vector<std::string> parts_of(std::string stem) {
  std::vector<std::string> parts;
  for (std::size_t at = stem.find('@'); at != stem.npos; at = stem.find('@')) {
    parts.push_back(stem.substr(0, at));
    stem.erase(0, at + 1);
  }
  parts.push_back(stem);
  return parts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(saved_queries)

BOOST_DATA_TEST_CASE(a_saved_query_keeps_to_its_header, query_names()) {
  const std::string text = read(root() / "sql" / (sample + ".sql"));
  const Query query = parse_query(text, sample);
  Reader reader(books().path("shaoxing.db"));
  TableSink rows;

  reader.run(query, {}, rows);

  BOOST_TEST(rows.table().columns == query.columns);
  BOOST_TEST(!query.family.empty());
  BOOST_TEST(text.find("SELECT *") == text.npos);
}

BOOST_DATA_TEST_CASE(stock_sqlite3_gives_the_same_rows, query_names()) {
  for (const std::string& name : book_names()) {
    const std::string book = name + ".db";
    compare(run_in_sqlite3(book, sample, {}), run_in_planfile(book, sample, {}));
  }
}

BOOST_DATA_TEST_CASE(the_order_of_the_rows_leaves_no_ties, query_names()) {
  const auto rows = cells(run_in_planfile("shaoxing.db", sample, {}));

  const auto twin = std::adjacent_find(rows.begin(), rows.end());
  BOOST_TEST((twin == rows.end()));
}

BOOST_DATA_TEST_CASE(the_result_is_the_one_worked_out_by_hand, expected_results()) {
  const std::vector<std::string> parts = parts_of(sample.stem);
  const std::vector<std::string> parameters(parts.begin() + 1, parts.end());
  const std::string wanted =
      read(root() / "tests/data/expected" / sample.book / (sample.stem + ".csv"));

  const std::string book = sample.book + ".db";
  compare(run_in_planfile(book, parts[0], parameters), wanted);
  compare(run_in_sqlite3(book, parts[0], parameters), wanted);
}

// What they are asked differs; how they come to a verdict must not.
BOOST_AUTO_TEST_CASE(queries_that_judge_targets_judge_in_the_same_words) {
  std::map<std::string, std::string> known;
  std::set<std::string> shared;
  for (const char* query :
       {"target-progress", "target-warning", "target-required", "target-why", "plan-summary"}) {
    for (const auto& [name, text] :
         named_parts(read(root() / "sql" / (std::string(query) + ".sql")))) {
      if (name == "parameter") continue;
      const auto [place, is_new] = known.emplace(name, text);
      if (!is_new) shared.insert(name);
      BOOST_TEST(place->second == text, query << ": " << name << " is told in other words");
    }
  }

  for (const char* name : {"goal", "figure", "newest", "met", "span", "pace", "judged"}) {
    BOOST_TEST(shared.contains(name), name);
  }
}

BOOST_AUTO_TEST_CASE(a_correlation_with_all_others_needs_no_english_names) {
  const Folder folder;
  const std::string file = folder.path("unnamed.db");
  BOOST_REQUIRE(shell("cp " + shell_word(books().path("regions.db")) + " " + shell_word(file) +
                      " && sqlite3 " + shell_word(file) + " 'UPDATE indicator SET name_en = NULL'")
                    .code == 0);
  const auto correlated = [](const std::string& path) {
    const Outcome outcome = run({"run", path, "indicator-correlation", "-p", "indicator=c01-x",
                                 "--columns", "other,pearson", "--format", "csv"});
    BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    return cells(outcome.out);
  };

  const auto rows = correlated(file);

  BOOST_TEST(rows.size() > 1);
  BOOST_TEST((rows == correlated(books().path("regions.db"))));
}

BOOST_AUTO_TEST_CASE(every_saved_query_has_an_expected_result) {
  for (const std::string& query : query_names()) {
    const auto expected = expected_results();
    BOOST_TEST(
        std::any_of(expected.begin(), expected.end(),
                    [&](const Expected& one) { return parts_of(one.stem).front() == query; }),
        query);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
