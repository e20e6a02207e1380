package dev.weft.pictures;

/** A rectangle, in pixels from the upper left corner of what it is in. */
record Area(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  Area moved(double dx, double dy) {
    return new Area(x + dx, y + dy, width, height);
  }
}
