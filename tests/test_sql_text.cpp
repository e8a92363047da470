#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "planfile/sql_text.h"

namespace planfile::test {
namespace {

struct Ending {
  std::string sql;
  bool complete;
};
std::ostream& operator<<(std::ostream& out, const Ending& it) { return out << it.sql; }

const Ending kEndings[] = {{"SELECT 1", false},
                           {"SELECT 1;", true},
                           {"SELECT 1; -- done", true},
                           {"SELECT 1; /* done */  \n", true},
                           {"SELECT 1; /* not yet", false},
                           {"SELECT ';", false},
                           {"SELECT ';';", true},
                           {"SELECT 'it''s;", false},
                           {"SELECT \"a;\" , [b;] , `c;`;", true},
                           {"SELECT 1 -- ;", false},
                           {"SELECT 1; SELECT 2", false},
                           {"SELECT '越城区；';", true},
                           {"", false},
                           {"-- only a comment", false}};

}  // namespace

BOOST_AUTO_TEST_SUITE(sql_text)

BOOST_DATA_TEST_CASE(a_statement_ends_where_sqlite_says_so, kEndings) {
  BOOST_TEST(is_complete(sample.sql) == sample.complete);
  BOOST_TEST((sqlite3_complete(sample.sql.c_str()) != 0) == sample.complete);
}

BOOST_AUTO_TEST_CASE(a_full_width_semicolon_ends_a_statement_so_that_it_is_seen) {
  BOOST_TEST(is_complete("SELECT 1；"));
  BOOST_TEST(!is_complete("SELECT '；"));
}

BOOST_AUTO_TEST_CASE(a_script_is_cut_at_its_semicolons) {
  const std::vector<std::string_view> expected = {"SELECT ';';", "\n-- two; three\nSELECT 2;",
                                                  " SELECT 3 "};

  const auto found = split_statements("SELECT ';';\n-- two; three\nSELECT 2;; SELECT 3 ");

  BOOST_TEST((found == expected));
  BOOST_TEST(split_statements(" ;; -- nothing\n/* at all; */").empty());
}

BOOST_AUTO_TEST_CASE(pieces_keep_their_quotes_and_places) {
  const auto tokens = sql_tokens("SELECT 名称, 1.5 FROM \"a b\" -- 完");

  BOOST_REQUIRE(tokens.size() == 7);
  BOOST_TEST(tokens[1].text == "名称");
  BOOST_TEST(tokens[3].text == "1.5");
  BOOST_TEST((tokens[5].kind == SqlToken::Kind::name));
  BOOST_TEST(tokens[5].at == 24);
  BOOST_TEST((tokens[6].kind == SqlToken::Kind::comment));
}

BOOST_AUTO_TEST_CASE(full_width_signs_count_only_outside_of_quotes) {
  BOOST_TEST(!find_full_width_sign("SELECT '（，）', \"，\" -- ，").has_value());

  const auto found = find_full_width_sign("SELECT '，'，period");

  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->wanted == ",");
  BOOST_TEST(found->at == 12);
}

BOOST_AUTO_TEST_CASE(a_place_counts_lines_and_characters) {
  const TextPlace place = place_in("SELECT\n '越城' x", 16);

  BOOST_TEST(place.line == 2);
  BOOST_TEST(place.column == 6);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
