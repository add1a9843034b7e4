package app.infinitestories.functions.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.infinitestories.platform.config.ConfigurationException;
import app.infinitestories.platform.config.Environment;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSettingsTest {
  @Test
  void allowsNoOriginAndTrustsOneProxyByDefault() {
    assertEquals(new HttpSettings(Set.of(), 1), HttpSettings.from(new Environment(Map.of())));
  }

  @Test
  void readsOriginsAndProxies() {
    var env =
        new Environment(
            Map.of("CORS_ORIGINS", "https://a.test, https://b.test", "TRUSTED_PROXIES", "2"));

    assertEquals(
        new HttpSettings(Set.of("https://a.test", "https://b.test"), 2), HttpSettings.from(env));
  }

  @Test
  void refusesABadNumberOfProxies() {
    var env = new Environment(Map.of("TRUSTED_PROXIES", "-1"));
    HttpSettings.from(env);

    assertThrows(ConfigurationException.class, env::check);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, '1.1.1.1', unknown",
        "1, -, unknown",
        "1, '1.1.1.1', 1.1.1.1",
        "1, '9.9.9.9, 1.1.1.1', 1.1.1.1",
        "2, '9.9.9.9, 1.1.1.1, 2.2.2.2', 1.1.1.1",
        "2, '2.2.2.2', 2.2.2.2",
        "1, '1.1.1.1,', unknown"
      })
  void countsTrustedProxiesFromTheRight(int proxies, @Nullable String forwarded, String client) {
    Map<String, List<String>> headers =
        forwarded == null ? Map.of() : Map.of("x-forwarded-for", List.of(forwarded));
    var incoming = new Incoming("GET", "/", "", headers, InputStream.nullInputStream(), 0);

    assertEquals(client, ClientAddress.of(incoming, proxies));
  }
}
