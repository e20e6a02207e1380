package dev.weft.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.Device;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.reference.ReferenceDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateStoreTest {
  private static final Rates RATES =
      new Rates(12.5, 3.25, 6, 5.5, 4321, 10_000, new Rates.Spread(0.02, 0.1, 0.03, 0));

  @TempDir Path folder;
  private final Device device = new ReferenceDevice(1 << 20);
  private int asked;

  @AfterEach
  void close() {
    device.close();
  }

  private Rates measure(Device host, Device other) {
    asked++;
    return RATES;
  }

  private RateStore store() {
    return RateStore.of(folder.resolve("rates"), this::measure);
  }

  @Test
  void isAskedOnceAndThenRead() throws IOException {
    RateStore first = store();
    assertThat(first.rates(device, device)).isEqualTo(RATES);
    assertThat(first.rates(device, device)).isEqualTo(RATES);
    assertThat(store().rates(device, device)).isEqualTo(RATES);
    assertThat(asked).isEqualTo(1);
    assertThat(Files.readAllLines(first.file(device)))
        .contains(
            "device: reference", "memory, GB/s: 12.5", "launch, ns: 4321.0", "memory, spread: 0.02")
        .anyMatch(line -> line.startsWith("processor: "))
        .anyMatch(line -> line.equals("java: " + Runtime.version()));
    try (var files = Files.list(folder.resolve("rates"))) {
      assertThat(files).containsExactly(first.file(device));
    }
  }

  @Test
  void whatIsNotSureIsNotKept() {
    Rates unsure = new Rates(12.5, 3.25, 6, 5.5, 4321, 10_000, new Rates.Spread(0.02, 0.6, 0, 0));
    RateStore store = RateStore.of(folder.resolve("rates"), (host, other) -> unsure);
    assertThat(store.rates(device, device)).isEqualTo(unsure);
    assertThat(store.file(device)).doesNotExist();
    assertThat(store().rates(device, device)).isEqualTo(RATES);
  }

  @Test
  void isAskedAgainOnDemand() {
    store().rates(device, device);
    RateStore renewed = store().renewed();
    renewed.rates(device, device);
    renewed.rates(device, device);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void damagedFilesAreMeasuredAnewAndReplaced() throws IOException {
    Path file = store().file(device);
    store().rates(device, device);
    String good = Files.readString(file);
    List<String> damaged =
        List.of(
            "",
            "\u0000\u0001",
            good.substring(0, good.length() - 3),
            good + "more\n",
            good.replace("12.5", "NaN"),
            good.replace("12.5", "-1"),
            good.replace("12.5", "Infinity"),
            good.replace("12.5", "fast"),
            good.replace("device: reference", "device: another"),
            good.replace("java: ", "java: 1"));
    for (String text : damaged) {
      asked = 0;
      Files.writeString(file, text);
      assertThat(store().rates(device, device)).isEqualTo(RATES);
      assertThat(asked).as(text).isEqualTo(1);
      assertThat(file).content().isEqualTo(good);
    }
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(store().rates(device, device)).isEqualTo(RATES);
    assertThat(file).content().isEqualTo(good);
  }

  @Test
  void aFolderThatCannotBeMadeIsNoError() throws IOException {
    Files.writeString(folder.resolve("rates"), "a file stands in the way");
    RateStore store = store();
    assertThat(store.rates(device, device)).isEqualTo(RATES);
    assertThat(store.rates(device, device)).isEqualTo(RATES);
    assertThat(asked).isEqualTo(1);
    assertThat(folder.resolve("rates")).content().isEqualTo("a file stands in the way");
  }

  @Test
  void failuresAreNotKept() {
    RateStore broken =
        RateStore.of(
            folder.resolve("rates"),
            (host, other) -> {
              throw new DeviceException("broken");
            });
    assertThatThrownBy(() -> broken.rates(device, device)).hasMessage("broken");
    assertThat(store().rates(device, device)).isEqualTo(RATES);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void fixedRatesAreForNamedDevices() {
    assertThat(new FixedRates(Map.of("reference", RATES)).rates(device, device)).isEqualTo(RATES);
    assertThatThrownBy(() -> new FixedRates(Map.of("cuda:0", RATES)).rates(device, device))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "rates are given for [cuda:0], not for reference: give those of every device of the session");
  }
}
