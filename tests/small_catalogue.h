// What a file knows by name, for tests that need no file.
#pragma once

#include "planfile/model.h"

namespace planfile::test {

// Two indicators, two entities, a plan and a few units: enough for every rule.
inline Catalogue small_catalogue() {
  Catalogue known;
  for (const char* code : {"330602", "330600", "paojiang"}) known.add("entity", code, code);
  known.add("entity", "越城区", "330602");
  known.add("entity", "袍江", "paojiang");
  known.add("entity", "西湖区", "330106");
  known.add("entity", "西湖区", "360103");
  known.add("indicator", "gdp", "gdp");
  known.add("indicator", "地区生产总值", "gdp");
  known.add("indicator", "rd-share", "rd-share");
  known.unit_of = {{"gdp", "亿元"}, {"rd-share", "%"}};
  const Unit units[] = {{"亿元", "", "currency_cny", "元", 1e8, ""},
                        {"万元", "", "currency_cny", "元", 1e4, ""},
                        {"亿美元", "", "currency_usd", "美元", 1e8, ""},
                        {"%", "", "ratio", "1", 0.01, ""},
                        {"倍", "", "ratio", "1", 1, ""},
                        {"百分点", "", "ratio_difference", "百分点", 1, ""},
                        {"名次", "", "rank", "名次", 1, ""},
                        {"人", "", "person", "人", 1, ""},
                        {"元", "", "currency_cny", "元", 1, ""},
                        {"位", "", "count", "个", 1, ""}};
  for (const Unit& unit : units) {
    known.units.emplace(unit.code, unit);
    known.add("unit", unit.code, unit.code);
  }
  known.add("unit", "个百分点", "百分点");
  known.add("scope", "", "");
  known.add("scope", "全口径", "");
  known.add("source", "outline", "outline");
  for (const char* code : {"implementation", "completion"}) known.add("stage", code, code);
  known.add("sector", "transport.rail", "transport.rail");
  for (const char* code : {"A", "P", "O"}) known.add("status", code, code);
  known.missing_statuses = {"O"};
  known.add("plan", "plan-14", "plan-14");
  known.plans.emplace("plan-14", Plan{.code = "plan-14",
                                      .name = "十四五",
                                      .name_en = {},
                                      .entity = "330602",
                                      .period = {},
                                      .source = "outline",
                                      .parent = {},
                                      .note = {}});
  return known;
}

}  // namespace planfile::test
