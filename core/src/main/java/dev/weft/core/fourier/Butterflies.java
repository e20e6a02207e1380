package dev.weft.core.fourier;

/**
 * Small transforms across rows: rows {@code a, a + m, a + 2 m …}, in place, then each but the first
 * times a root. All arrays of a loop have the same index, which is what the compiler needs to see
 * that it may use vectors.
 */
final class Butterflies {
  private static final double SIN_60 = 0.86602540378443864676;
  private static final double COS_72 = 0.30901699437494742410;
  private static final double SIN_72 = 0.95105651629515357212;
  private static final double COS_144 = -0.80901699437494742410;
  private static final double SIN_144 = 0.58778525229247312917;

  private Butterflies() {}

  static void two(double[][] re, double[][] im, int a, int m, int width) {
    double[] ar = re[a];
    double[] ai = im[a];
    double[] br = re[a + m];
    double[] bi = im[a + m];
    for (int c = 0; c < width; c++) {
      double xr = ar[c];
      double xi = ai[c];
      double yr = br[c];
      double yi = bi[c];
      ar[c] = xr + yr;
      ai[c] = xi + yi;
      br[c] = xr - yr;
      bi[c] = xi - yi;
    }
  }

  static void three(double[][] re, double[][] im, int a, int m, int width) {
    double[] ar = re[a];
    double[] ai = im[a];
    double[] br = re[a + m];
    double[] bi = im[a + m];
    double[] cr = re[a + 2 * m];
    double[] ci = im[a + 2 * m];
    for (int c = 0; c < width; c++) {
      double sr = br[c] + cr[c];
      double si = bi[c] + ci[c];
      double dr = SIN_60 * (br[c] - cr[c]);
      double di = SIN_60 * (bi[c] - ci[c]);
      double xr = ar[c];
      double xi = ai[c];
      double mr = xr - 0.5 * sr;
      double mi = xi - 0.5 * si;
      ar[c] = xr + sr;
      ai[c] = xi + si;
      br[c] = mr + di;
      bi[c] = mi - dr;
      cr[c] = mr - di;
      ci[c] = mi + dr;
    }
  }

  static void four(double[][] re, double[][] im, int a, int m, int width) {
    double[] ar = re[a];
    double[] ai = im[a];
    double[] br = re[a + m];
    double[] bi = im[a + m];
    double[] cr = re[a + 2 * m];
    double[] ci = im[a + 2 * m];
    double[] dr = re[a + 3 * m];
    double[] di = im[a + 3 * m];
    for (int c = 0; c < width; c++) {
      double acr = ar[c] + cr[c];
      double aci = ai[c] + ci[c];
      double adr = ar[c] - cr[c];
      double adi = ai[c] - ci[c];
      double bdr = br[c] + dr[c];
      double bdi = bi[c] + di[c];
      double ber = br[c] - dr[c];
      double bei = bi[c] - di[c];
      ar[c] = acr + bdr;
      ai[c] = aci + bdi;
      br[c] = adr + bei;
      bi[c] = adi - ber;
      cr[c] = acr - bdr;
      ci[c] = aci - bdi;
      dr[c] = adr - bei;
      di[c] = adi + ber;
    }
  }

  static void five(double[][] re, double[][] im, int a, int m, int width) {
    double[] ar = re[a];
    double[] ai = im[a];
    double[] br = re[a + m];
    double[] bi = im[a + m];
    double[] cr = re[a + 2 * m];
    double[] ci = im[a + 2 * m];
    double[] dr = re[a + 3 * m];
    double[] di = im[a + 3 * m];
    double[] er = re[a + 4 * m];
    double[] ei = im[a + 4 * m];
    for (int c = 0; c < width; c++) {
      double sr = br[c] + er[c];
      double si = bi[c] + ei[c];
      double tr = br[c] - er[c];
      double ti = bi[c] - ei[c];
      double ur = cr[c] + dr[c];
      double ui = ci[c] + di[c];
      double vr = cr[c] - dr[c];
      double vi = ci[c] - di[c];
      double xr = ar[c];
      double xi = ai[c];
      ar[c] = xr + sr + ur;
      ai[c] = xi + si + ui;
      double pr = xr + COS_72 * sr + COS_144 * ur;
      double pi = xi + COS_72 * si + COS_144 * ui;
      double qr = SIN_72 * tr + SIN_144 * vr;
      double qi = SIN_72 * ti + SIN_144 * vi;
      br[c] = pr + qi;
      bi[c] = pi - qr;
      er[c] = pr - qi;
      ei[c] = pi + qr;
      double fr = xr + COS_144 * sr + COS_72 * ur;
      double fi = xi + COS_144 * si + COS_72 * ui;
      double gr = SIN_144 * tr - SIN_72 * vr;
      double gi = SIN_144 * ti - SIN_72 * vi;
      cr[c] = fr + gi;
      ci[c] = fi - gr;
      dr[c] = fr - gi;
      di[c] = fi + gr;
    }
  }
}
