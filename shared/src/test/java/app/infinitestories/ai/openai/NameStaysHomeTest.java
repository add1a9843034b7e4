package app.infinitestories.ai.openai;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.Reference;
import app.infinitestories.ai.Samples;
import app.infinitestories.ai.ScriptBrief;
import app.infinitestories.ai.TextRings;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.CheckedText;
import app.infinitestories.safety.HeroName;
import app.infinitestories.safety.TermPolicy;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A child's name is in no request, neither in its body nor in its address or headers. */
class NameStaysHomeTest {
  private static final HeroName NAME = HeroName.of("Zoë Mathilda", "Tilly");
  private static final String THEME =
      "Zoe and MATHILDA's kite, für Zoës Hund, tilly; Zoë-Mathilda.";

  private final OpenAiStub stub = new OpenAiStub();

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void everyPortIsAskedWithThePlaceholder() {
    stub.answers(okJson("{}"));
    var storyteller = new OpenAiStoryteller(stub.openai(), stub.config());
    var illustrator = new OpenAiIllustrator(stub.openai(), stub.config());
    var moderator = new OpenAiModerator(stub.openai(), stub.config());
    var narrator = new OpenAiNarrator(stub.openai(), stub.config());
    var rings = TextRings.of(new TermPolicy(), moderator, storyteller);
    String theme = NAME.hide(THEME);
    var sheet = Samples.png(Color.RED);

    refused(() -> storyteller.script(ScriptBrief.of(5, "space", "de", 3, theme, theme, theme)));
    refused(() -> storyteller.judge(AgeBand.PRESCHOOL, "de", theme));
    refused(() -> storyteller.tamer(theme, true));
    refused(() -> illustrator.heroSheet(null, theme, 1));
    refused(() -> illustrator.paint(theme, List.of(Reference.sheet(sheet))));
    refused(() -> narrator.read(theme, "de", "nova"));
    refused(() -> rings.check(new CheckedText(AgeBand.PRESCHOOL, "de", theme)));

    var requests = stub.server().getAllServeEvents();
    assertTrue(requests.size() >= 7, "every port sent something");
    for (var event : requests) {
      var request = event.getRequest();
      assertTrue(request.getBodyAsString().contains("{{HERO}}"), request::getUrl);
      assertFalse(NAME.occursIn(request.getBodyAsString()), request::getUrl);
      assertFalse(NAME.occursIn(request.getUrl() + request.getHeaders()), request::getUrl);
    }
  }

  private static void refused(org.junit.jupiter.api.function.Executable call) {
    assertThrows(ProviderException.class, call);
  }
}
