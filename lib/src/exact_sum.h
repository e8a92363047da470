#pragma once

#include <span>
#include <vector>

namespace planfile {

// A sum of finite doubles that knows no rounding error, after Shewchuk (1997): it is kept as a few
// doubles that do not overlap. What was added can be taken away again, and leaves no trace.
class ExactSum {
 public:
  void add(double number);

  // Adds a product. Exact as long as neither it nor its last bit leaves a double's range.
  void add_product(double one, double other);

  // Adds the product of two sums, given by their parts, times `sign`.
  void add_product(const ExactSum& one, const ExactSum& other, double sign);

  // The sum, rounded once, to within a unit of its last place.
  [[nodiscard]] double value() const;

 private:
  std::vector<double> parts_;  // from small to great; no zeros
};

}  // namespace planfile
