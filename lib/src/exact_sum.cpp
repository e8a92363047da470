#include "exact_sum.h"

#include <cmath>
#include <numeric>
#include <utility>

namespace planfile {

void ExactSum::add(double number) {
  std::size_t kept = 0;
  for (double part : parts_) {
    if (std::abs(number) < std::abs(part)) std::swap(number, part);
    const double sum = number + part;
    const double error = part - (sum - number);
    if (error != 0) parts_[kept++] = error;
    number = sum;
  }
  parts_.resize(kept);
  if (number != 0) parts_.push_back(number);
}

void ExactSum::add_product(double one, double other) {
  const double product = one * other;
  add(std::fma(one, other, -product));
  add(product);
}

void ExactSum::add_product(const ExactSum& one, const ExactSum& other, double sign) {
  for (const double part : one.parts_) {
    for (const double factor : other.parts_) add_product(sign * part, factor);
  }
}

double ExactSum::value() const { return std::accumulate(parts_.begin(), parts_.end(), 0.0); }

}  // namespace planfile
