#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

namespace planfile {

// Where a quantile lies among n sorted numbers: between the one at `place` and the next, counted
// from 1, and `share` of the way. Place 0 stands for the first, and behind the last is the last.
struct QuantilePlace {
  std::size_t place = 0;
  double share = 0;
};

// The nine definitions of Hyndman and Fan (1996); R's and Python's default is 7, Excel's
// PERCENTILE.EXC is 6, SAS's default 2. `p` lies in 0..1.
QuantilePlace quantile_place(std::size_t count, double p, int type);

// One quantile of numbers that come and go. What is added only is sorted as far as needed, once;
// after that each change costs log n.
class Quantile {
 public:
  Quantile(double p, int type) : p_(p), type_(type) {}

  void add(double number);
  void remove(double number);  // one that was added

  // Nothing without numbers.
  std::optional<double> value();

 private:
  [[nodiscard]] std::size_t count() const;
  double selected(const QuantilePlace& at);
  void part();
  void balance();

  double p_;
  int type_;
  std::vector<double> added_;            // until the numbers are parted
  std::multiset<double> lower_, upper_;  // those up to the place, and the others
  bool asked_ = false, parted_ = false;
};

}  // namespace planfile
