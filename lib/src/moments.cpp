#include "moments.h"

#include <algorithm>
#include <cmath>

namespace planfile {
namespace {

constexpr int kWidest = 400;  // powers of two; four such factors stay within a double's range

// n * sum(xy) - sum(x) * sum(y): n squared times the covariance. A sum of squares, when x is y,
// comes out as exactly 0 where all are equal.
double spread(double count, const ExactSum& xy, const ExactSum& x, const ExactSum& y) {
  ExactSum number;
  number.add(count);
  ExactSum all;
  all.add_product(number, xy, 1);
  all.add_product(x, y, -1);
  return all.value();
}

}  // namespace

std::optional<double> Scale::scaled(double number) {
  if (number == 0) return 0.0;
  const int own = std::ilogb(number);
  if (!exponent_) exponent_ = own;
  if (std::abs(own - *exponent_) > kWidest) return std::nullopt;
  return std::ldexp(number, -*exponent_);
}

bool Moments::add(double x) {
  const auto scaled = scale_.scaled(x);
  if (scaled) put(*scaled, 1);
  return scaled.has_value();
}

void Moments::remove(double x) {
  if (const auto scaled = scale_.scaled(x)) put(*scaled, -1);
}

void Moments::put(double scaled, int times) {
  count_ += times;
  x_.add(times * scaled);
  xx_.add_product(times * scaled, scaled);
}

double Moments::deviation(double divisor) const {
  return std::ldexp(std::sqrt(spread(count_, xx_, x_, x_) / count_ / divisor), scale_.exponent());
}

std::optional<double> Moments::sample_deviation() const {
  if (count_ < 2) return std::nullopt;
  return deviation(count_ - 1);
}

std::optional<double> Moments::population_deviation() const {
  if (count_ < 1) return std::nullopt;
  return deviation(count_);
}

bool PairMoments::add(double x, double y) {
  const auto scaled_x = x_scale_.scaled(x);
  const auto scaled_y = y_scale_.scaled(y);
  if (!scaled_x || !scaled_y) return false;
  put(*scaled_x, *scaled_y, 1);
  return true;
}

void PairMoments::remove(double x, double y) {
  const auto scaled_x = x_scale_.scaled(x);
  const auto scaled_y = y_scale_.scaled(y);
  if (scaled_x && scaled_y) put(*scaled_x, *scaled_y, -1);
}

void PairMoments::put(double x, double y, int times) {
  count_ += times;
  x_.add(times * x);
  y_.add(times * y);
  xx_.add_product(times * x, x);
  yy_.add_product(times * y, y);
  xy_.add_product(times * x, y);
}

std::optional<double> PairMoments::correlation() const {
  const double xx = spread(count_, xx_, x_, x_);
  const double yy = spread(count_, yy_, y_, y_);
  if (count_ < 2 || xx == 0 || yy == 0) return std::nullopt;
  const double xy = spread(count_, xy_, x_, y_);
  return std::clamp(xy / std::sqrt(xx) / std::sqrt(yy), -1.0, 1.0);
}

std::optional<double> PairMoments::slope() const {
  const double xx = spread(count_, xx_, x_, x_);
  if (count_ < 2 || xx == 0) return std::nullopt;
  const double xy = spread(count_, xy_, x_, y_);
  return std::ldexp(xy / xx, y_scale_.exponent() - x_scale_.exponent());
}

}  // namespace planfile
