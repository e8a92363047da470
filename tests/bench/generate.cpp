// Writes the benchmark's data: a tidy CSV of observations, and the book of names that it uses.
//   bench_generate FOLDER ROWS sorted|shuffled|again
// Seeded: the same arguments give the same bytes. 100 regions, a series for each of them and each
// indicator (2,000 of them at 10 million rows), 50 periods a series; years, quarters, months and
// years to date by indicator; a tenth of the indicators are called by a quoted Chinese name; 5 of
// 100 values are provisional, 2 of 100 missing. `again` is what a second source says: one row of a
// hundred, a tenth of them with another value.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace {

constexpr int kRegions = 100, kPeriods = 50, kSources = 5;

struct Measure {
  const char* unit;
  int decimals;
  double scale;
};
constexpr Measure kMeasures[] = {
    {"亿元", 2, 900}, {"万元", 0, 60000}, {"%", 1, 60}, {"万人", 2, 80}, {"个", 0, 4000}};

std::string period_text(std::uint64_t indicator, int index) {
  constexpr int kYear = 12, kQuarter = 4, kThird = 3;
  switch (indicator % 4) {
    case 0:
      return fmt::format("{}", 1975 + index);
    case 1:
      return fmt::format("{}-Q{}", 2012 + index / kQuarter, index % kQuarter + 1);
    case 2:
      return fmt::format("{}-{:02}", 2020 + index / kYear, index % kYear + 1);
    default: {
      const int month = (index % kThird + 1) * 2 + 5;  // to July, September, November
      return fmt::format("{0}-01/{0}-{1:02}", 2005 + index / kThird, month);
    }
  }
}

std::string indicator_name(std::uint64_t indicator) {
  return fmt::format("规模以上企业主要指标，第{}号", indicator);
}

std::string indicator_cell(std::uint64_t indicator) {
  if (indicator % 10 != 7) return fmt::format("ind-{:04}", indicator);
  return fmt::format("\"{}\"", indicator_name(indicator));
}

// A number from three others that looks like chance, the same on every machine.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t x =
      a * 0x9E3779B97F4A7C15ULL + b * 0xBF58476D1CE4E5B9ULL + c * 0x94D049BB133111EBULL;
  x ^= x >> 31;
  x *= 0xD6E8FEB86659FD93ULL;
  return x ^ (x >> 32);
}

enum class Teller { first, second };

std::string row_text(std::uint64_t row, Teller teller) {
  const std::uint64_t series = row / kPeriods, index = row % kPeriods;
  const std::uint64_t indicator = series / kRegions, region = series % kRegions;
  const Measure& measure = kMeasures[indicator % std::size(kMeasures)];
  const std::uint64_t chance = mixed(indicator, region, index);
  const auto percent = static_cast<int>(chance % 100);
  constexpr std::uint64_t kMillion = 1000000;
  const double share = static_cast<double>(chance / 100 % kMillion) / static_cast<double>(kMillion);
  const bool revised = teller == Teller::second && mixed(row, 0, 1) % 10 == 0;
  const double value = measure.scale * (0.5 + share) * (revised ? 1.01 : 1);
  const bool missing = percent < 2;
  return fmt::format("{},r{:03},{},{},{},{},source-{}\n", indicator_cell(indicator), region,
                     period_text(indicator, static_cast<int>(index)),
                     missing ? "" : fmt::format("{:.{}f}", value, measure.decimals), measure.unit,
                     missing ? "O" : (percent < 7 ? "P" : "A"),
                     (indicator + (teller == Teller::second ? 1 : 0)) % kSources);
}

void write_book(const std::filesystem::path& folder, std::uint64_t indicators) {
  std::filesystem::create_directories(folder);
  std::ofstream source(folder / "source.csv"), entity(folder / "entity.csv"),
      indicator(folder / "indicator.csv");
  source << "code,title,published,kind\n";
  for (int at = 0; at < kSources; ++at) {
    source << fmt::format("source-{0},来源{0},2025-01-{1:02},yearbook\n", at, at + 1);
  }
  entity << "code,name,kind\n";
  for (int at = 0; at < kRegions; ++at) entity << fmt::format("r{0:03},第{0}区,region\n", at);
  indicator << "code,name,unit,direction,kind\n";
  for (std::uint64_t at = 0; at < indicators; ++at) {
    indicator << fmt::format("ind-{:04},{},{},higher,stock\n", at, indicator_name(at),
                             kMeasures[at % std::size(kMeasures)].unit);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "bench_generate FOLDER ROWS sorted|shuffled|again\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const std::uint64_t rows = std::stoull(argv[2]);
  const std::string order = argv[3];
  constexpr std::uint64_t kIndicator = std::uint64_t{kRegions} * kPeriods;  // its rows
  write_book(folder / "book", (rows + kIndicator - 1) / kIndicator);
  std::vector<std::uint32_t> places(rows);
  for (std::uint64_t at = 0; at < rows; ++at) places[at] = static_cast<std::uint32_t>(at);
  if (order == "shuffled") {
    std::mt19937_64 chance(20260101);  // fixed, so that the bytes are the same
    for (std::uint64_t at = rows; at > 1; --at) std::swap(places[at - 1], places[chance() % at]);
  }
  std::ofstream out(folder / fmt::format("{}-{}.csv", order, rows), std::ios::binary);
  out << "indicator,region,period,value,unit,status,source\n";
  std::string block;
  for (const std::uint32_t place : places) {
    if (order == "again" && mixed(place, 1, 0) % 100 != 0) continue;
    block += row_text(place, order == "again" ? Teller::second : Teller::first);
    if (block.size() < 1 << 20) continue;
    out << block;
    block.clear();
  }
  out << block;
  return out.good() ? 0 : 3;
}
