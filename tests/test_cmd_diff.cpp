#include <boost/test/unit_test.hpp>

#include "support.h"

namespace planfile::test {
namespace {

// The book of the file at `from`, with one text of one table replaced.
std::string changed_book(const Folder& folder, const std::string& from, std::string_view table,
                         std::string_view was, std::string_view is) {
  run({"export", from, folder.path("other")});
  const std::string name = "other/" + std::string(table) + ".csv";
  std::string text = read(folder.path(name));
  text.replace(text.find(was), was.size(), is);
  folder.write(name, text);
  return folder.path("other");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_diff)

BOOST_FIXTURE_TEST_CASE(a_file_and_a_book_are_compared_in_sentences_with_counts, PlanFile) {
  const std::string other = changed_book(*this, file(), "observation", "1008.5", "1010");

  const auto [code, out, err] = run({"diff", file(), other, "--lang", "en"});

  BOOST_TEST(code == 1);
  BOOST_TEST(out ==
             "value corrected: Gross domestic product (Yuecheng District, 2020, outline, 表 1): "
             "1008.5 → 1010 亿元 (+1.5, +0.149%)\n"
             "\n"
             "observation: 1 changed\n");
  BOOST_TEST(err == "");
}

BOOST_FIXTURE_TEST_CASE(rows_are_printed_for_programs, PlanFile) {
  const std::string other = changed_book(*this, file(), "entity", "袍江经开区", "袍江开发区");

  const auto rows = run({"diff", file(), other, "--format", "csv"});
  const auto counts = run({"diff", file(), other, "--format", "csv", "--summary"});
  const auto none = run({"diff", file(), other, "--only", "target"});

  BOOST_TEST(rows.out ==
             "kind,key,change,column,before,after\n"
             "entity,code=paojiang,renamed,name,袍江经开区,袍江开发区\n");
  BOOST_TEST(counts.out == "kind,added,removed,changed\nentity,0,0,1\n");
  BOOST_TEST(none.code == 0);
}

BOOST_FIXTURE_TEST_CASE(the_exit_code_tells_same_different_wrong_and_trouble, PlanFile) {
  write("broken/source.csv", "code,title,kind\na,,plan\n");

  const auto same = run({"diff", file(), file()});
  const auto wrong = run({"diff", file(), file(), "--only", "targets"});
  const auto gone = run({"diff", file(), path("gone.db")});
  const auto broken = run({"diff", file(), path("broken")});
  write("ring/entity.csv", "code,name,kind,parent\na,甲,town,b\nb,乙,town,a\n");
  const auto ring = run({"diff", file(), path("ring")});

  BOOST_TEST(same.code == 0);
  BOOST_TEST(same.err == file() + " and " + file() + " say the same\n");
  BOOST_TEST(wrong.code == 2);
  BOOST_TEST(gone.code == 3);
  BOOST_TEST(broken.code == 3);
  BOOST_TEST(ring.code == 3);
  BOOST_TEST(ring.err == "planfile: " + path("ring") +
                             ": entity \"a\": what it refers to leads back to itself\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
