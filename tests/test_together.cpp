#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "planfile/draft.h"
#include "planfile/error.h"
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

BOOST_FIXTURE_TEST_CASE(how_long_to_wait_is_the_users_choice, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");
  const auto import_beside_a_writer = [&](const std::string& wait) {
    return shell(
        "( echo 'BEGIN IMMEDIATE; UPDATE source SET note = 1;'; sleep 3; echo 'ROLLBACK;' "
        ") | sqlite3 " +
        shell_word(file()) + " & sleep 1; " + planfile_word() + " import " + shell_word(file()) +
        " observation " + shell_word(rows) + " --wait " + wait + "; done=$?; wait; exit $done");
  };

  const Outcome hasty = import_beside_a_writer("0.2"), patient = import_beside_a_writer("60");

  BOOST_TEST(hasty.code == 3);
  BOOST_TEST(hasty.err == "planfile: " + file() + ": in use by another program (waited 0.2 s)\n");
  BOOST_TEST(patient.code == 0, patient.err);
  BOOST_TEST(shell(planfile_word() + " --wait soon verify " + shell_word(file())).code == 2);
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

BOOST_FIXTURE_TEST_CASE(what_a_killed_program_left_goes_when_the_file_is_written_again, PlanFile) {
  run({"import", file(), "observation", write("rows.csv", many_rows(20000))});
  const std::string ship = planfile_word() + " ship " + shell_word(file()) + " -o out.db";
  const std::string there = "cd " + shell_word(path("")) + "; ";

  const Outcome left =
      shell(there + ship +
            " & for turn in $(seq 2000); do ls out.db.part-* 2> /dev/null && break; sleep "
            "0.01; done; "
            "kill -9 $!; wait; ls");
  const Outcome shipped =
      shell(there +
            "host=$(ls -d out.db.part-* | sed 's/^out.db.part-[0-9]*//;q'); sleep 60 & "
            "touch out.db.part-$!$host out.db.part-1-elsewhere out.db.part-notes; " +
            ship + "; done=$?; kill $!; exit $done");

  BOOST_TEST(left.out.find("out.db.part-") != std::string::npos);
  BOOST_TEST(shipped.code == 0, shipped.err);
  // Those of a process that runs, of another machine, and of another kind stay.
  BOOST_TEST(exists(path("out.db")));
  BOOST_TEST(shell(there + "ls -d out.db.part-* | wc -l").out == "3\n");
}

BOOST_FIXTURE_TEST_CASE(a_program_that_is_told_to_end_leaves_nothing_half_written, PlanFile) {
  const std::string endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

  for (const char* signal : {"INT", "TERM", "HUP"}) {
    // A shell has what it starts in the background ignore Ctrl-C, so python3 starts it.
    const Outcome ended =
        shell("cd " + shell_word(path("")) +
              " && python3 -c 'import glob, signal, subprocess, sys, time\n"
              "child = subprocess.Popen([sys.argv[1], \"sql\", \"plan.db\", sys.argv[2], \"-o\", "
              "\"n.csv\"])\n"
              "while not glob.glob(\"n.csv.part-*\"): time.sleep(0.01)\n"
              "child.send_signal(signal.SIG" +
              signal +
              ")\n"
              "print(child.wait() != 0)' " +
              planfile_word() + " " + shell_word(endless));

    BOOST_TEST(ended.out == "True\n", ended.err);
    BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nplan.db\n", signal);
  }
}

BOOST_FIXTURE_TEST_CASE(a_merge_that_fails_or_is_killed_leaves_its_inputs_and_a_former_result,
                        PlanFile) {
  run({"import", file(), "observation", write("rows.csv", many_rows(5000))});
  const std::string there = "cd " + shell_word(path("")) + "; ";
  shell(there + "cp plan.db ours.db && cp plan.db theirs.db && cp plan.db out.db");
  run({"import", path("ours.db"), "observation",
       write("a.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n")});
  run({"import", path("theirs.db"), "observation",
       write("b.csv", std::string(kHeader) + "gdp,330602,2022,6,report\n")});
  const std::string sums = there + "sha256sum plan.db ours.db theirs.db out.db";
  const std::string before = shell(sums).out;
  const std::string merge = planfile_word() + " merge plan.db ours.db theirs.db -o out.db --force";

  const Outcome full = shell(there + "ulimit -f 100; trap '' XFSZ; " + merge);

  BOOST_TEST(full.code == 3);
  BOOST_TEST(full.err.find("out.db: ") != std::string::npos, full.err);
  BOOST_TEST(shell(sums).out == before);
  BOOST_TEST(shell(there + "ls").out ==
             "a.csv\nb.csv\nbook\nours.db\nout.db\nplan.db\nrows.csv\ntheirs.db\n");
  for (const char* delay : {"0.02", "0.05", "0.1"}) {
    shell(there + merge + " & sleep " + delay + "; kill -9 $!; wait");
    const std::string now = shell(sums).out;
    BOOST_TEST(now.substr(0, now.rfind("theirs.db")) ==
               before.substr(0, before.rfind("theirs.db")));
    BOOST_TEST(run({"verify", path("out.db")}).code == 0);
  }
  BOOST_TEST(shell(there + merge).code == 0);
}

BOOST_FIXTURE_TEST_CASE(one_process_writes_a_file_once_at_a_time, Folder) {
  const std::string to = path("o.txt");
  const auto is_refused = [&](const Error& error) {
    return error.code() == Errc::storage && error.what() == to + ": is being written already";
  };
  {
    Draft first(to);
    std::ofstream(first.path()) << "whole";
    BOOST_CHECK_EXCEPTION(Draft{to}, Error, is_refused);
    first.publish();
  }

  BOOST_TEST(read(to) == "whole");
  BOOST_CHECK_NO_THROW((Draft{to, Existing::replace}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
