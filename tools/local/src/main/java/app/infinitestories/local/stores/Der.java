package app.infinitestories.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few forms of ASN.1 (DER) that a certificate is made of. */
final class Der {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] of(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length < 0x80) {
      all.write(length);
    } else if (length < 0x100) {
      all.write(0x81);
      all.write(length);
    } else {
      all.write(0x82);
      all.write(length >> 8);
      all.write(length);
    }
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return of(0x30, parts);
  }

  static byte[] integer(long value) {
    return of(0x02, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] yes() {
    return of(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return of(0x04, content);
  }

  static byte[] bits(byte[] content) {
    return of(0x03, new byte[] {0}, content);
  }

  static byte[] time(Instant at) {
    return of(0x18, TIME.format(at).getBytes(UTF_8));
  }

  /** A name that is nothing but a common name. */
  static byte[] name(String common) {
    return sequence(of(0x31, sequence(oid("2.5.4.3"), of(0x0c, common.getBytes(UTF_8)))));
  }

  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      long arc = Long.parseLong(arcs[i]);
      int shift = 0;
      while (arc >> (shift + 7) != 0) {
        shift += 7;
      }
      for (; shift > 0; shift -= 7) {
        content.write((int) (arc >> shift & 0x7f) | 0x80);
      }
      content.write((int) (arc & 0x7f));
    }
    return of(0x06, content.toByteArray());
  }
}
