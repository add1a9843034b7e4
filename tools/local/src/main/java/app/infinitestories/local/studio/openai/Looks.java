package app.infinitestories.local.studio.openai;

import app.infinitestories.local.studio.picture.HeroLook;
import app.infinitestories.local.studio.picture.PictureBook;
import java.awt.image.BufferedImage;

/** How the hero of a picture looks, be it a character sheet or a photo. */
final class Looks {
  private Looks() {}

  static HeroLook of(BufferedImage picture) {
    return PictureBook.lookFromSheet(picture).orElseGet(() -> PictureBook.lookFromPhoto(picture));
  }
}
