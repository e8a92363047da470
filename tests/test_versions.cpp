#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "migrate.h"
#include "planfile/file.h"
#include "planfile/verify.h"
#include "support.h"

namespace planfile::test {
namespace {

namespace fs = std::filesystem;

// Files as former planfiles wrote them: the book tests/data/edge, one import that changed a row and
// added one, and a saved query.
std::vector<std::string> files_of_each_schema() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root() / "tests/data/versions")) {
    if (entry.path().extension() == ".db") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> old_files() {
  std::vector<std::string> names = files_of_each_schema();
  std::erase(names, "schema-" + std::to_string(newest_schema()) + ".db");
  return names;
}

constexpr const char* kRow =
    "indicator,entity,period,value,source\np01-behind,case-county,2019,500,edge-bulletin\n";

class OldFile : public Folder {
 public:
  explicit OldFile(const std::string& name = "schema-8.db") : file_(path("old.db")) {
    fs::copy(root() / "tests/data/versions" / name, file_);
    before_ = read(file_);
  }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const std::string& before() const { return before_; }
  [[nodiscard]] std::string listed() const { return shell("ls " + shell_word(path(""))).out; }

 private:
  std::string file_, before_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(versions)

BOOST_DATA_TEST_CASE(a_file_of_each_schema_is_read_as_it_is, files_of_each_schema(), name) {
  const OldFile old(name);

  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"describe", old.file()},
                                             {"describe", old.file(), "p01-behind"},
                                             {"queries", old.file()},
                                             {"run", old.file(), "value-latest"},
                                             {"run", old.file(), "mine"},
                                             {"sql", old.file(), "SELECT count(*) FROM targets"},
                                             {"verify", old.file()},
                                             {"export", old.file(), old.path("book")}}) {
    const Outcome done = run(words);
    BOOST_TEST(done.code == 0, words.front() << ": " << done.err);
  }

  BOOST_TEST((read(old.file()) == old.before()));
  BOOST_TEST(old.listed() == "book\nold.db\n");
}

BOOST_DATA_TEST_CASE(a_file_of_each_older_schema_is_brought_up_to_date_by_the_first_write,
                     old_files(), name) {
  const OldFile old(name);
  const std::string content = content_hash(old.file()).hash;
  const std::string version =
      shell("sqlite3 " + shell_word(old.file()) + " 'PRAGMA user_version'").out;
  const std::string number = version.substr(0, version.size() - 1);
  const std::string backup = "old.db.schema-" + number + ".bak";

  const Outcome imported = run({"import", old.file(), "observation", "-"}, kRow);

  BOOST_TEST(imported.code == 0, imported.err);
  BOOST_TEST(imported.err.starts_with(old.file() + ": brought from schema " + number + " to " +
                                      std::to_string(newest_schema()) +
                                      "; as it was: " + old.path(backup) + "\n"),
             imported.err);
  BOOST_TEST(old.listed() == "old.db\n" + backup + "\n");
  BOOST_TEST(run({"verify", old.file()}).code == 0);
  BOOST_TEST(content_hash(old.path(backup)).hash == content);
  BOOST_TEST(run({"undo", old.file()}).code == 0);
  BOOST_TEST(content_hash(old.file()).hash == content);
  BOOST_TEST(run({"undo", old.file()}).code == 0);  // what was imported before
  BOOST_TEST(run({"run", old.file(), "mine"}).code == 0);
}

BOOST_AUTO_TEST_CASE(a_dry_run_leaves_an_older_file_as_it_is) {
  const OldFile old;

  const Outcome tried = run({"import", old.file(), "observation", "-", "--dry-run"}, kRow);

  BOOST_TEST(tried.code == 0, tried.err);
  BOOST_TEST((read(old.file()) == old.before()));
  BOOST_TEST(old.listed() == "old.db\n");
}

BOOST_AUTO_TEST_CASE(no_backup_is_made_where_none_is_wanted) {
  const OldFile old;

  const Outcome undone = run({"undo", old.file(), "--no-backup"});

  BOOST_TEST(undone.code == 0);
  BOOST_TEST(old.listed() == "old.db\n");
}

BOOST_AUTO_TEST_CASE(a_backup_never_takes_the_place_of_another) {
  const OldFile old;
  old.write("old.db.schema-8.bak", "mine");

  run({"undo", old.file()});

  BOOST_TEST(read(old.path("old.db.schema-8.bak")) == "mine");
  BOOST_TEST(old.listed() == "old.db\nold.db.schema-8.2.bak\nold.db.schema-8.bak\n");
}

BOOST_AUTO_TEST_CASE(a_query_that_an_older_file_lacks_is_told_with_the_reason) {
  const OldFile old;

  const auto [code, out, err] = run({"run", old.file(), "query-of-tomorrow"});

  BOOST_TEST(code == 2);
  BOOST_TEST(err.find("; the file is of schema 8 and has the queries of its time: save, import or "
                      "undo bring it up to date\n") != std::string::npos,
             err);
}

BOOST_FIXTURE_TEST_CASE(a_newer_file_is_refused_with_the_version_that_wrote_it, PlanFile) {
  shell("sqlite3 " + shell_word(file()) +
        " \"PRAGMA user_version = 1000; UPDATE file SET version = '7.1'\"");

  const Outcome verified = run({"verify", file()}),
                shipped = run({"ship", file(), "-o", path("o.db")});

  BOOST_TEST(verified.code == 3);
  BOOST_TEST(verified.err.starts_with("planfile: " + file() +
                                      ": written by a newer planfile, 7.1 (schema 1000, this one "
                                      "knows "),
             verified.err);
  BOOST_TEST(shipped.err == verified.err);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
