package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two parts of an upload: JSON metadata, then the object's bytes with their type. */
final class MultipartRelated {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(ISO_8859_1);

  private final String metadata;
  private final @Nullable String contentType;
  private final byte[] content;

  private MultipartRelated(String metadata, @Nullable String contentType, byte[] content) {
    this.metadata = metadata;
    this.contentType = contentType;
    this.content = content;
  }

  String metadata() {
    return metadata;
  }

  @Nullable String contentType() {
    return contentType;
  }

  byte[] content() {
    return content;
  }

  static MultipartRelated parse(@Nullable String header, InputStream body) throws IOException {
    if (header == null || !header.startsWith("multipart/related")) {
      throw StorageFault.invalid("Multipart uploads need a multipart/related content type.");
    }
    var boundary = BOUNDARY.matcher(header);
    if (!boundary.find()) {
      throw StorageFault.invalid("Missing boundary");
    }
    byte[] all = body.readAllBytes();
    byte[] delimiter = ("--" + boundary.group(1)).getBytes(ISO_8859_1);
    int first = find(all, delimiter, 0);
    int second = find(all, delimiter, first + delimiter.length);
    int last = find(all, delimiter, second + delimiter.length);
    byte[] metadataPart = part(all, first + delimiter.length, second);
    byte[] contentPart = part(all, second + delimiter.length, last);
    int split = Bytes.indexOf(contentPart, BLANK_LINE);
    int metadataSplit = Bytes.indexOf(metadataPart, BLANK_LINE);
    if (split < 0 || metadataSplit < 0) {
      throw StorageFault.invalid("Malformed multipart body.");
    }
    var metadata =
        new String(metadataPart, metadataSplit + 4, metadataPart.length - metadataSplit - 4, UTF_8);
    var headers = new String(contentPart, 0, split, ISO_8859_1);
    String type = null;
    for (String line : headers.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
        type = line.substring("content-type:".length()).strip();
      }
    }
    return new MultipartRelated(
        metadata, type, Arrays.copyOfRange(contentPart, split + 4, contentPart.length));
  }

  /** A part ends before the line break that belongs to the next delimiter. */
  private static byte[] part(byte[] all, int from, int to) {
    return Arrays.copyOfRange(all, from, to - 2);
  }

  private static int find(byte[] all, byte[] wanted, int from) {
    int at = Bytes.indexOf(Arrays.copyOfRange(all, from, all.length), wanted);
    if (at < 0) {
      throw StorageFault.invalid("Malformed multipart body.");
    }
    return from + at;
  }
}
