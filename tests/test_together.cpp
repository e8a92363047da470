#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "planfile/verify.h"
#include "support.h"

// Two programs at one file, and programs that end in the middle of their work.
namespace planfile::test {
namespace {

constexpr const char* kHeader = "indicator,entity,period,value,source\n";

const std::string& planfile_word() {
  static const std::string kWord = shell_word(PLANFILE_COMMAND);
  return kWord;
}

// Observations of as many days.
std::string many_rows(int count) {
  std::string text = kHeader;
  for (int row = 0; row < count; ++row) {
    text += fmt::format("gdp,330602,{}-{:02}-{:02},{},report\n", 1900 + row / 336,
                        1 + row / 28 % 12, 1 + row % 28, row);
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(together)

BOOST_FIXTURE_TEST_CASE(a_writer_waits_for_another_that_is_soon_done, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");

  const auto [code, out, err] = shell(
      "( echo 'BEGIN IMMEDIATE; UPDATE source SET note = 1;'; sleep 1; echo 'COMMIT;' ) | "
      "sqlite3 " +
      shell_word(file()) + " & sleep 0.4; " + planfile_word() + " import " + shell_word(file()) +
      " observation " + shell_word(rows) + "; done=$?; wait; exit $done");

  BOOST_TEST(code == 0, err);
  BOOST_TEST(value("SELECT count(*), (SELECT count(note) FROM source) FROM observation") == "2,2");
}

BOOST_FIXTURE_TEST_CASE(a_writer_that_waited_in_vain_says_how_long, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");

  const auto [code, out, err] = shell(
      "( echo 'BEGIN IMMEDIATE; UPDATE source SET note = 1;'; sleep 9; echo 'ROLLBACK;' ) | "
      "sqlite3 " +
      shell_word(file()) + " & sleep 0.4; " + planfile_word() + " import " + shell_word(file()) +
      " observation " + shell_word(rows) + "; done=$?; wait; exit $done");

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: " + file() + ": in use by another program (waited 5 s)\n");
  BOOST_TEST(value("SELECT count(*) FROM observation") == "1");
  BOOST_TEST(run({"verify", file()}).code == 0);
}

BOOST_FIXTURE_TEST_CASE(a_copy_is_shipped_beside_a_writer_as_it_was_before, PlanFile) {
  const std::string before = content_hash(file()).hash;

  const auto [code, out, err] = shell(
      "( echo 'BEGIN IMMEDIATE; UPDATE observation SET value = 1;'; sleep 2; echo "
      "'ROLLBACK;' ) | sqlite3 " +
      shell_word(file()) + " & sleep 0.4; " + planfile_word() + " ship " + shell_word(file()) +
      " -o " + shell_word(path("out.db")) + "; done=$?; wait; exit $done");

  BOOST_TEST(code == 0, err);
  BOOST_TEST(content_hash(path("out.db")).hash == before);
}

// Root may write anywhere, so the program runs as nobody where the tests are root.
BOOST_FIXTURE_TEST_CASE(a_writer_on_a_read_only_medium_says_so, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");
  const std::string before = read(file());
  const std::string command = path("planfile");
  std::filesystem::copy(PLANFILE_COMMAND, command);

  const auto [code, out, err] = shell(
      "cd " + shell_word(path("")) +
      " && chmod 755 . && chmod 444 plan.db rows.csv && chmod 555 . "
      "planfile && as= && { [ $(id -u) != 0 ] || as='setpriv --reuid=65534 --clear-groups'; } && "
      "$as ./planfile import plan.db observation rows.csv; done=$?; "
      "$as ./planfile sql plan.db 'SELECT 1' --format csv; chmod 755 .; exit $done");

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: plan.db: can't be written: file, folder or medium is read-only\n");
  BOOST_TEST(out == "1\n1\n");
  BOOST_TEST((read(file()) == before));
}

// However far each got, the file says what it said before, or all that was imported.
BOOST_FIXTURE_TEST_CASE(an_import_that_is_killed_leaves_the_file_as_before_or_after, PlanFile) {
  const std::string rows = write("rows.csv", many_rows(20000));
  const std::string before = content_hash(file()).hash;
  std::filesystem::copy(file(), path("after.db"));
  run({"import", path("after.db"), "observation", rows});
  const std::string after = content_hash(path("after.db")).hash;

  for (const char* delay : {"0.02", "0.06", "0.1", "0.15", "0.25", "0.4", "0.8"}) {
    std::filesystem::copy(file(), path("work.db"));
    shell(planfile_word() + " import " + shell_word(path("work.db")) + " observation " +
          shell_word(rows) + " & sleep " + delay + "; kill -9 $!; wait");

    const std::string now = content_hash(path("work.db")).hash;

    BOOST_TEST((now == before || now == after), delay);
    BOOST_TEST(run({"verify", path("work.db")}).code == 0);
    run({"import", path("work.db"), "observation", rows});
    BOOST_TEST(content_hash(path("work.db")).hash == after);
    BOOST_TEST(!exists(path("work.db-journal")));
    std::filesystem::remove(path("work.db"));
  }
}

BOOST_FIXTURE_TEST_CASE(a_shipping_that_is_killed_leaves_no_copy_or_a_whole_one, PlanFile) {
  run({"import", file(), "observation", write("rows.csv", many_rows(20000))});
  const std::string before = read(file()), content = content_hash(file()).hash;

  for (const char* delay : {"0.03", "0.1", "0.2", "0.35", "0.6", "1.2"}) {
    shell(planfile_word() + " ship " + shell_word(file()) + " -o " + shell_word(path("out.db")) +
          " & sleep " + delay + "; kill -9 $!; wait");

    BOOST_TEST((!exists(path("out.db")) || content_hash(path("out.db")).hash == content), delay);
    std::filesystem::remove(path("out.db"));
  }
  BOOST_TEST((read(file()) == before));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
