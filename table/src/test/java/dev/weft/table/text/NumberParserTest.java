package dev.weft.table.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers from characters, beside the JDK's. */
class NumberParserTest {
  private final NumberParser parser = new NumberParser();

  private void requireSame(String text) {
    char[] all = ("<" + text + ">").toCharArray();
    assertThat(parser.isDouble(all, 1, text.length())).as(text).isTrue();
    assertThat(Double.doubleToLongBits(parser.real()))
        .as(text)
        .isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
  }

  @Test
  void doublesOfAllBits() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        requireSame(Double.toString(value));
      }
    }
  }

  @Test
  void decimalsOfAllLengths() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      requireSame("%d.%de%d".formatted(digits, random.nextInt(1000), random.nextInt(640) - 330));
      requireSame(BigDecimal.valueOf(digits, random.nextInt(25)).toPlainString());
    }
  }

  /** Halfway between two doubles, where the even one is the nearest. */
  @Test
  void numbersHalfwayBetweenDoubles() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.scalb(1 + random.nextDouble(), random.nextInt(120) - 40);
      BigDecimal half =
          new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
      requireSame(half.toString());
      requireSame(half.round(new java.math.MathContext(17)).toString());
      requireSame(half.round(new java.math.MathContext(19)).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "+1",
        ".5",
        "5.",
        "1e22",
        "1e23",
        "9007199254740993",
        "1e-400",
        "1e400",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.2250738585072011e-308",
        "1.7976931348623159e308",
        "123456789012345678901234567890",
        "0.000000000000000000000000000001",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999",
        "1E+5",
        "0e999999999"
      })
  void edges(String text) {
    requireSame(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "1-", "--1", "0x1p3", "1d", "1f", "na",
        "infinit", "1 2", "١"
      })
  void noNumbers(String text) {
    assertThat(parser.isDouble(text.toCharArray(), 0, text.length())).isFalse();
    assertThat(parser.isLong(text.toCharArray(), 0, text.length())).isFalse();
  }

  @Test
  void wordsAndBlanks() {
    assertThat(parser.isDouble(" -Inf\t".toCharArray(), 0, 6)).isTrue();
    assertThat(parser.real()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parser.isDouble("NaN".toCharArray(), 0, 3)).isTrue();
    assertThat(parser.real()).isNaN();
    assertThat(parser.isLong(" 12 ".toCharArray(), 0, 4)).isTrue();
    assertThat(parser.integer()).isEqualTo(12);
  }

  @Test
  void integersOfSixtyFourBits() {
    for (String text :
        new String[] {
          "9223372036854775807", "-9223372036854775808", "000000000000000000000000001"
        }) {
      assertThat(parser.isLong(text.toCharArray(), 0, text.length())).isTrue();
      assertThat(parser.integer()).isEqualTo(Long.parseLong(text));
    }
    assertThat(parser.isLong("9223372036854775808".toCharArray(), 0, 19)).isFalse();
    assertThat(parser.isUnsigned("18446744073709551615".toCharArray(), 0, 20)).isTrue();
    assertThat(parser.integer()).isEqualTo(-1);
    assertThat(parser.isUnsigned("18446744073709551616".toCharArray(), 0, 20)).isFalse();
    assertThat(parser.isUnsigned("-1".toCharArray(), 0, 2)).isFalse();
  }
}
