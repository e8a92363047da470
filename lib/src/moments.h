#pragma once

#include <cstddef>
#include <optional>

#include "exact_sum.h"

namespace planfile {

// Brings the numbers of a column near to 1 by a power of two, that of the first one which is not 0,
// so that their squares stay within a double's range. No digit changes.
class Scale {
 public:
  // Nothing for a number that is more than 2^400 times greater or less than the first.
  std::optional<double> scaled(double number);
  [[nodiscard]] int exponent() const { return exponent_.value_or(0); }

 private:
  std::optional<int> exponent_;
};

// Spread of numbers that come and go. All sums are exact, so the order of the numbers makes no
// difference, and numbers that have gone leave nothing behind.
class Moments {
 public:
  // False, and nothing is added, when the numbers lie too far apart; see Scale.
  bool add(double x);
  void remove(double x);  // one that was added

  // Standard deviation with divisor n - 1; nothing below two numbers.
  [[nodiscard]] std::optional<double> sample_deviation() const;
  // With divisor n; nothing without numbers.
  [[nodiscard]] std::optional<double> population_deviation() const;

 private:
  void put(double scaled, int times);
  [[nodiscard]] double deviation(double divisor) const;

  Scale scale_;
  double count_ = 0;
  ExactSum x_, xx_;
};

// The same of pairs.
class PairMoments {
 public:
  bool add(double x, double y);
  void remove(double x, double y);

  // Pearson's coefficient; nothing below two pairs or where one of the two does not vary.
  [[nodiscard]] std::optional<double> correlation() const;
  // Of the least-squares line through the pairs: what y gains for one more of x; nothing below two
  // pairs or where x does not vary.
  [[nodiscard]] std::optional<double> slope() const;

 private:
  void put(double x, double y, int times);

  Scale x_scale_, y_scale_;
  double count_ = 0;
  ExactSum x_, y_, xx_, yy_, xy_;
};

}  // namespace planfile
