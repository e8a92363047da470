#include "quantile.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace planfile {
namespace {

// Place and share of a real place. One that is whole but for rounding counts as whole.
QuantilePlace parted_at(double place) {
  const double whole = std::round(place);
  const double fuzz = 4 * std::numeric_limits<double>::epsilon() * std::max(1.0, place);
  if (std::abs(place - whole) <= fuzz) return {static_cast<std::size_t>(whole), 0};
  const double below = std::floor(place);
  return {static_cast<std::size_t>(below), place - below};
}

// The types that take one of the numbers, or the mean of two.
QuantilePlace stepped(double count, double p, int type) {
  const double place = type == 3 ? count * p - 0.5 : count * p;
  if (place < 0) return {0, 0};
  QuantilePlace at = parted_at(place);
  const bool whole = at.share == 0;
  if (type == 1) at.share = whole ? 0 : 1;
  if (type == 2) at.share = whole ? 0.5 : 1;
  if (type == 3) at.share = whole && at.place % 2 == 0 ? 0 : 1;
  return at;
}

double between(double low, double high, double share) {
  if (share == 0.5) return std::midpoint(low, high);
  return std::lerp(low, high, share);
}

}  // namespace

QuantilePlace quantile_place(std::size_t count, double p, int type) {
  constexpr double kFirst[] = {0, 0.5, 0, 1, 1 / 3.0, 3 / 8.0};  // types 4 to 9
  constexpr double kLast[] = {1, 0.5, 0, 1, 1 / 3.0, 3 / 8.0};
  const auto n = static_cast<double>(count);
  if (type < 4) return stepped(n, p, type);
  const double first = kFirst[type - 4];
  const double place = first + p * (n + 1 - first - kLast[type - 4]);
  return parted_at(std::clamp(place, 0.0, n));
}

std::size_t Quantile::count() const { return added_.size() + lower_.size() + upper_.size(); }

void Quantile::add(double number) {
  if (asked_ && !parted_) part();
  if (!parted_) {
    added_.push_back(number);
    return;
  }
  const bool is_low = !lower_.empty() && number <= *lower_.rbegin();
  (is_low ? lower_ : upper_).insert(number);
}

void Quantile::remove(double number) {
  if (!parted_) part();
  for (std::multiset<double>* half : {&lower_, &upper_}) {
    const auto found = half->find(number);
    if (found == half->end()) continue;
    half->erase(found);
    return;
  }
}

std::optional<double> Quantile::value() {
  const std::size_t n = count();
  if (n == 0) return std::nullopt;
  asked_ = true;
  const QuantilePlace at = quantile_place(n, p_, type_);
  if (!parted_) return selected(at);
  balance();
  const double low = lower_.empty() ? *upper_.begin() : *lower_.rbegin();
  const double high = upper_.empty() ? low : *upper_.begin();
  return between(low, high, at.share);
}

double Quantile::selected(const QuantilePlace& at) {
  const auto last = std::ssize(added_) - 1;
  const auto place = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(at.place) - 1, 0, last);
  const auto low = added_.begin() + place;
  std::nth_element(added_.begin(), low, added_.end());
  if (at.place == 0 || at.share == 0 || place == last) return *low;
  return between(*low, *std::min_element(low + 1, added_.end()), at.share);
}

void Quantile::part() {
  upper_.insert(added_.begin(), added_.end());
  added_ = {};
  parted_ = true;
}

// Moves numbers over until the lower half ends at the place.
void Quantile::balance() {
  const std::size_t place = std::min(quantile_place(count(), p_, type_).place, count());
  while (lower_.size() < place) lower_.insert(lower_.end(), upper_.extract(upper_.begin()));
  while (lower_.size() > place)
    upper_.insert(upper_.begin(), lower_.extract(std::prev(lower_.end())));
}

}  // namespace planfile
