#include <boost/test/unit_test.hpp>

#include <string>

#include "support.h"

namespace planfile::test {
namespace {

boost::test_tools::assertion_result has_git(boost::unit_test::test_unit_id) {
  return shell("git --version").code == 0;
}

// A file and two copies of it, both with another value for the same figure, and each with more.
class Team : public PlanFile {
 public:
  Team() {
    shell("cd " + shell_word(path("")) + " && cp plan.db ours.db && cp plan.db theirs.db");
    import("ours.db", "gdp,330602,2020,1010,outline,表 1\ngdp,330602,2021,1108,report,\n");
    import("theirs.db", "gdp,330602,2020,1012,outline,表 1\ngdp,330602,2022,1200,report,\n");
  }

  void import(const std::string& into, const std::string& rows) const {
    const std::string csv =
        write(into + ".csv", "indicator,entity,period,value,source,locator\n" + rows);
    run({"import", path(into), "observation", csv});
  }

  [[nodiscard]] Outcome merge(std::vector<std::string> options) const {
    options.insert(options.begin(), {"merge", file(), path("ours.db"), path("theirs.db"), "-o",
                                     path("out.db"), "--lang", "en"});
    return run(options);
  }

  // The list of conflicts with a word in its column `choice`.
  [[nodiscard]] std::string chosen(const std::string& word) const {
    std::string text = read(path("out.db.conflicts.csv"));
    const std::string open = "1008.5,1010,1012,,";
    text.replace(text.find(open), open.size(), "1008.5,1010,1012," + word + ",");
    return text;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_merge)

BOOST_FIXTURE_TEST_CASE(a_conflict_is_listed_and_settled_by_a_choice, Team) {
  const auto first = merge({});
  const bool nothing_yet = !exists(path("out.db"));
  write("choices.csv", chosen("theirs"));
  const auto second = merge({"--resolve", path("choices.csv")});
  const auto third = merge({"--resolve", path("choices.csv")});

  BOOST_TEST(first.code == 1);
  BOOST_TEST(first.err ==
             "conflict: observation Gross domestic product (Yuecheng District, 2020, outline, 表 "
             "1): value: base 1008.5, ours 1010, theirs 1012\n"
             "1 conflict; nothing was written but " +
                 path("out.db.conflicts.csv") +
                 ": fill in its column choice (ours, theirs, base or a value), then merge again "
                 "with --resolve " +
                 path("out.db.conflicts.csv") + "\n");
  BOOST_TEST(nothing_yet);
  BOOST_TEST(read(path("out.db.conflicts.csv")) ==
             "\xEF\xBB\xBFkind,key,column,base,ours,theirs,choice,about\n"
             "observation,\"indicator=gdp, entity=330602, period=2020, measure=level, "
             "source=outline, locator=表 1\",value,1008.5,1010,1012,,\"observation Gross domestic "
             "product (Yuecheng District, 2020, outline, 表 1)\"\n");
  BOOST_TEST(second.code == 0);
  BOOST_TEST(second.err == "observation: 1 added, 1 changed, 0 removed\n" + path("out.db") +
                               ": merged, 1 conflict settled\n");
  BOOST_TEST(run({"sql", path("out.db"),
                  "SELECT period, value, import FROM observations ORDER BY 1", "--format", "csv"})
                 .out == "period,value,import\n2020,1012,2\n2021,1108,1\n2022,1200,2\n");
  BOOST_TEST(third.code == 2);
  BOOST_TEST(third.err == "planfile: " + path("out.db") + ": exists already\n");
}

BOOST_FIXTURE_TEST_CASE(the_list_is_read_as_excel_saves_it, Team) {
  BOOST_TEST(merge({}).code == 1);
  std::string text = chosen("1011");
  text.replace(text.find("1008.5,"), 7, "\" 1,008.5 \",");
  write("utf8.csv", text.substr(3));
  shell("cd " + shell_word(path("")) +
        " && sed 's/$/\\r/' utf8.csv | iconv -f utf-8 -t gb18030 > gb.csv");

  const auto [code, out, err] = merge({"--resolve", path("gb.csv")});

  BOOST_TEST(code == 0);
  BOOST_TEST(run({"sql", path("out.db"), "SELECT value FROM observations WHERE period = '2020'",
                  "--format", "csv"})
                 .out == "value\n1011\n");
}

BOOST_FIXTURE_TEST_CASE(a_choice_that_is_spelt_wrongly_is_no_value, Team) {
  BOOST_TEST(merge({}).code == 1);

  const auto [code, out, err] = merge({"--resolve", write("choices.csv", chosen("thiers"))});

  BOOST_TEST(code == 1);
  BOOST_TEST(err == path("choices.csv") +
                        ":2: choice: neither ours, theirs or base nor a number, as both sides "
                        "have: \"thiers\"\n1 fault; nothing was written\n");
  BOOST_TEST(!exists(path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(a_merge_speaks_chinese, Team) {
  const auto in_chinese = [&](std::vector<std::string> options) {
    options.insert(options.end(), {"--lang", "zh"});
    std::vector<std::string> words = {"merge",           file(), path("ours.db"),
                                      path("theirs.db"), "-o",   path("out.db")};
    words.insert(words.end(), options.begin(), options.end());
    return run(words);
  };

  const auto first = in_chinese({});
  const auto none = in_chinese({"--resolve", path("out.db.conflicts.csv")});
  const auto wrong = in_chinese({"--resolve", write("wrong.csv", chosen("他们"))});
  const auto second = in_chinese({"--resolve", write("choices.csv", chosen("theirs"))});

  const std::string list = path("out.db.conflicts.csv");
  BOOST_TEST(first.err.ends_with("：原来 1008.5，我方 1010，对方 1012\n1 处冲突；只写了 " + list +
                                 "：请在其 choice 列填写 ours（我方）、theirs（对方）、base（原来）"
                                 "或一个值，然后加上 --resolve " +
                                 list + " 再合并一次\n"),
             first.err);
  BOOST_TEST(none.err.ends_with("1 处冲突未由 " + list + " 解决；什么也没有写入\n"), none.err);
  BOOST_TEST(wrong.code == 1);
  BOOST_TEST(wrong.err.ends_with("1 处错误；什么也没有写入\n"), wrong.err);
  BOOST_TEST(second.err.ends_with("observation：新增 1，修改 1，删除 0\n" + path("out.db") +
                                  "：已合并，解决了 1 处冲突\n"),
             second.err);
}

BOOST_FIXTURE_TEST_CASE(a_list_without_choices_settles_nothing_and_is_not_written_over, Team) {
  BOOST_TEST(merge({}).code == 1);
  const std::string list = path("out.db.conflicts.csv");

  const auto empty = merge({"--resolve", list});
  const auto again = merge({});
  const auto other = merge({"--resolve", write("other.csv", "kind,key\na,b\n")});

  BOOST_TEST(empty.code == 1);
  BOOST_TEST(empty.err.ends_with("1 conflict not settled by " + list + "; nothing was written\n"));
  BOOST_TEST(again.code == 2);
  BOOST_TEST(
      again.err.ends_with(list + ": exists already; --resolve reads it, --force writes it anew\n"));
  BOOST_TEST(other.code == 1);
  BOOST_TEST(other.err.starts_with(path("other.csv") + ":1: no column \"column\""));
  BOOST_TEST(!exists(path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(a_result_may_take_the_place_of_an_input_when_forced, Team) {
  BOOST_TEST(merge({}).code == 1);
  write("choices.csv", chosen("ours"));
  const auto into_ours = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"merge", file(), path("ours.db"), path("theirs.db"), "-o",
                               path("ours.db"), "--resolve", path("choices.csv")});
    return run(more).code;
  };
  const std::string theirs = read(path("theirs.db"));

  const int kept = into_ours({});
  const int forced = into_ours({"--force"});

  BOOST_TEST(kept == 2);
  BOOST_TEST(forced == 0);
  BOOST_TEST((read(path("theirs.db")) == theirs));
  BOOST_TEST(
      run({"diff", path("theirs.db"), path("ours.db"), "--summary", "--format", "csv"}).out ==
      "kind,added,removed,changed\nobservation,1,0,1\n");
}

BOOST_FIXTURE_TEST_CASE(copies_of_a_shipped_file_come_together_as_a_sound_file, Team) {
  run({"ship", file(), "-o", path("sent.db")});
  shell("cd " + shell_word(path("")) + " && cp sent.db ours.db && cp sent.db theirs.db");
  import("ours.db", "gdp,330602,2021,1108,report,\n");
  import("theirs.db", "gdp,330602,2022,1200,report,\n");

  const auto merged = merge({});
  const auto verified = run({"verify", path("out.db")});
  const auto shipped = run({"ship", path("out.db"), "-o", path("again.db")});

  BOOST_TEST(merged.code == 0);
  BOOST_TEST(verified.code == 0);
  BOOST_TEST(verified.err == path("out.db") + ": all is well\n");
  BOOST_TEST(shipped.code == 0);
}

BOOST_FIXTURE_TEST_CASE(books_come_together_as_a_book, Team) {
  run({"export", file(), path("base")});
  run({"export", path("ours.db"), path("one")});
  run({"export", path("theirs.db"), path("other")});
  write("choices.csv",
        "kind,key,column,base,ours,theirs,choice\n"
        "observation,\"indicator=gdp, entity=330602, period=2020, measure=level, source=outline, "
        "locator=表 1\",value,1008.5,1010,1012,base\n");

  const auto [code, out, err] = run({"merge", path("base"), path("one"), path("other"), "-o",
                                     path("all"), "--resolve", path("choices.csv")});

  BOOST_TEST(code == 0);
  BOOST_TEST(!exists(path("all.db")));
  BOOST_TEST(run({"diff", file(), path("all"), "--summary", "--format", "csv"}).out ==
             "kind,added,removed,changed\nobservation,2,0,0\n");
}

BOOST_FIXTURE_TEST_CASE(git_merges_the_csv_of_a_book_by_row_and_column, PlanFile,
                        *boost::unit_test::precondition(has_git)) {
  const std::string git =
      "export HOME=" + shell_word(path("")) + " GIT_CONFIG_NOSYSTEM=1 && cd " +
      shell_word(path("book")) +
      " && git config --global user.email a@b.c && git config --global user.name a && "
      "git config --global merge.planfile.driver " +
      shell_word(shell_word(PLANFILE_COMMAND) + " merge --csv %P %O %A %B --lang en") + " && ";
  const std::string head = "indicator,entity,period,value,source,locator,note\n";
  write("book/.gitattributes", "*.csv merge=planfile\n");
  write("book/observation.csv", head + "gdp,330602,2020,1008.5,outline,表 1,\n");
  shell(git + "git init -q -b main && git add -A && git commit -qm base && git branch side");
  write("book/observation.csv", head +
                                    "gdp,330602,2020,1010,outline,表 1,\n"
                                    "gdp,330602,2021,1100,report,,\n");
  shell(git + "git commit -qam ours && git checkout -q side");
  write("book/observation.csv", head +
                                    "gdp,330602,2020,1008.5,outline,表 1,修订\n"
                                    "gdp,330602,2022,1200,report,,\n");
  shell(git + "git commit -qam theirs && git checkout -q main");

  const auto merged = shell(git + "git merge -q side -m both");
  const std::string text = read(path("book/observation.csv"));
  shell(git +
        "git checkout -q side && sed -i s/1200/1201/ observation.csv && git commit -qam more "
        "&& git checkout -q main && sed -i s/1200/1202/ observation.csv && git commit -qam other");
  const auto collided = shell(git + "git merge -q side -m again");

  BOOST_TEST(merged.code == 0);
  BOOST_TEST(text == head +
                         "gdp,330602,2020,1010,outline,表 1,修订\n"
                         "gdp,330602,2022,1200,report,,\n"
                         "gdp,330602,2021,1100,report,,\n");
  BOOST_TEST(collided.code == 1);
  BOOST_TEST(collided.err.find("conflict: observation indicator=gdp, entity=330602, period=2022, "
                               "source=report: value: base 1200, ours 1202, theirs 1201\n") !=
             std::string::npos);
  BOOST_TEST(read(path("book/observation.csv"))
                 .find("<<<<<<< ours\ngdp,330602,2022,1202,report,,\n"
                       "=======\ngdp,330602,2022,1201,report,,\n"
                       ">>>>>>> theirs\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_csv_that_is_no_table_of_a_book_is_refused, PlanFile) {
  const std::string csv = write("observations.csv", "a\n1\n");

  const auto [code, out, err] = run({"merge", "--csv", "observations.csv", csv, csv, csv});

  BOOST_TEST(code == 2);
  BOOST_TEST(err ==
             "planfile: not a table of a book: \"observations\"; nearest: \"observation\"\n");
  BOOST_TEST(read(csv) == "a\n1\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
