package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.studio.media.ClipEncoder;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other addresses and nothing else: another implementation of the same specifications. */
@ProductTest
class OtherProviderTest {
  private final Product product;

  OtherProviderTest(Product product) {
    this.product = product;
  }

  @BeforeEach
  @AfterEach
  void fresh() {
    product.fresh();
  }

  @Test
  void aStoryComesOutOfProvidersThatKnowOnlyTheirSpecifications() throws IOException {
    byte[] clip =
        ClipEncoder.encode(
            (g, seconds) -> {
              g.setColor(Color.ORANGE);
              g.fillRect(0, 0, 1_280, 720);
              g.setColor(Color.BLUE);
              g.fillOval((int) (seconds * 60), 200, 200, 200);
            },
            1_280,
            720,
            2);
    try (var providers = PublishedProviders.start(clip)) {
      product.wiretap().lead(providers.address());
      var family = product.family();

      String job = family.order(Family.clips());
      product.await(job, "succeeded");

      assertEquals(List.of(), providers.violations());
      assertTrue(providers.asked().contains("/v1/image_to_video"));
      var story =
          Product.get(
              product.firestore().document("users/" + family.uid() + "/stories/" + job).get());
      var seconds = story.getDouble("durationSeconds");
      assertTrue(seconds != null && seconds >= 45, "seconds: " + seconds);
      assertEquals(1, product.ledgerEntries(family, "capture"));
    }
  }
}
