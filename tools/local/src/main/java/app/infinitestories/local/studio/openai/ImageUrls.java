package app.infinitestories.local.studio.openai;

import java.awt.image.BufferedImage;

/** Pictures that come inside JSON as data URIs. */
final class ImageUrls {
  private static final int MAX_URI_LENGTH = 80_000_000;

  private ImageUrls() {}

  static BufferedImage decode(Fields image, String name) {
    String url = image.text(name, MAX_URI_LENGTH);
    if (!url.startsWith("data:")) {
      throw OpenAiError.invalid(
          image.path(name),
          "invalid_image_url",
          "Failed to download image: the offline studio takes data URLs only.");
    }
    return Pictures.fromDataUri(url)
        .flatMap(Pictures::decode)
        .orElseThrow(() ->
            OpenAiError.invalid(
                image.path(name),
                "invalid_image_format",
                "You uploaded an unsupported image. Please make sure your image is valid and has one of the following formats: ['png', 'jpeg', 'gif', 'webp']."));
  }
}
