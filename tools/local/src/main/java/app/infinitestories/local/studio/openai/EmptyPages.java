package app.infinitestories.local.studio.openai;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.awt.image.BufferedImage;
import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers by their pixels the pictures drawn without any person: in those no hero is wrong. */
final class EmptyPages {
  private static final int CAPACITY = 1_000;
  private final Set<HashCode> pages = new LinkedHashSet<>();

  synchronized void add(BufferedImage page) {
    if (pages.size() == CAPACITY) {
      pages.remove(pages.iterator().next());
    }
    pages.add(digest(page));
  }

  synchronized boolean contains(BufferedImage page) {
    return pages.contains(digest(page));
  }

  private static HashCode digest(BufferedImage page) {
    int[] row = new int[page.getWidth()];
    Hasher hasher = Hashing.murmur3_128().newHasher().putInt(row.length);
    for (int y = 0; y < page.getHeight(); y++) {
      page.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        hasher.putInt(pixel);
      }
    }
    return hasher.hash();
  }
}
