package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it came, before anything in it is believed. Its body is read when it is first asked
 * for, and taken as it is: any media type will do but a form in parts, no field of it is refused.
 */
public final class Letter {
  /** Kept verbatim in one document of Firestore, which holds 1 MiB. */
  static final int LARGEST_BODY = 512 << 10;

  private final Incoming incoming;
  private byte @Nullable [] body;

  Letter(Incoming incoming) {
    this.incoming = incoming;
  }

  /** A header that was sent exactly once; twice is as good as not at all. */
  public Optional<String> header(String name) {
    List<String> values = incoming.headerValues(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /**
   * The body's bytes, which signatures are over.
   *
   * @throws Failure.TooLarge over 512 KiB
   * @throws Failure.UnsupportedMedia if it came in parts
   */
  public byte[] bytes() {
    if (body == null) {
      body = read();
    }
    return body.clone();
  }

  /**
   * The body as text. One that is not UTF-8 is a {@code data:} URL, so that it can be kept too,
   * should its sender be proven.
   *
   * @throws Failure.TooLarge over 512 KiB
   * @throws Failure.UnsupportedMedia if it came in parts
   */
  public String text() {
    byte[] bytes = bytes();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes);
    }
  }

  private byte[] read() {
    if (incoming.isMultipart()) {
      // the framework has read it: what is left would pass for an empty letter
      throw new Failure.UnsupportedMedia("Send the body as application/json.");
    }
    if (incoming.declaredLength() > LARGEST_BODY) {
      throw new Failure.TooLarge(LARGEST_BODY);
    }
    try {
      byte[] bytes = incoming.body().readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new Failure.TooLarge(LARGEST_BODY);
      }
      return bytes;
    } catch (IOException broken) {
      throw Failure.BadInput.malformed("The body broke off.");
    }
  }
}
