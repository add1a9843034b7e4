package app.infinitestories.local.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A root, an intermediate and a signing certificate in the form of Apple's, with the marks by which
 * its library knows them; signs what the App Store would. Worth nothing outside this machine.
 */
public final class SigningChain {
  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String INTERMEDIATE = "1.2.840.113635.100.6.2.1";
  private static final String RECEIPT_SIGNER = "1.2.840.113635.100.6.11.1";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String ROOT_NAME = "Sample Root CA";
  private static final String MIDDLE_NAME = "Sample Intermediate CA";

  private final KeyPair leafKey = ecKey();
  private final byte[] root;
  private final byte[] intermediate;
  private final byte[] leaf;

  /** Certificates that are valid for a year before and after that moment. */
  public SigningChain(Instant around) {
    this(around.minus(Duration.ofDays(365)), around.plus(Duration.ofDays(365)));
  }

  /** Certificates that are valid within those bounds. */
  public SigningChain(Instant from, Instant until) {
    KeyPair rootKey = ecKey();
    KeyPair middleKey = ecKey();
    byte[] ca = extension(BASIC_CONSTRAINTS, Der.sequence(Der.yes()));
    byte[] mark = extension(INTERMEDIATE, Der.of(0x05));
    root = certificate(1, ROOT_NAME, ROOT_NAME, from, until, rootKey, rootKey, ca);
    intermediate =
        certificate(2, ROOT_NAME, MIDDLE_NAME, from, until, middleKey, rootKey, ca, mark);
    leaf =
        certificate(
            3,
            MIDDLE_NAME,
            "Sample Receipt Signer",
            from,
            until,
            leafKey,
            middleKey,
            extension(RECEIPT_SIGNER, Der.of(0x05)));
  }

  /** The root certificate, for those who are to trust it. */
  public String rootPem() {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(root)
        + "\n-----END CERTIFICATE-----\n";
  }

  /** The payload as a compact JWS (ES256) with the chain in its header. */
  public String sign(JsonNode payload) {
    ObjectNode header = JsonNodeFactory.instance.objectNode().put("alg", "ES256");
    var chain = header.putArray("x5c");
    for (byte[] certificate : new byte[][] {leaf, intermediate, root}) {
      chain.add(Base64.getEncoder().encodeToString(certificate));
    }
    return signed(leafKey, header, payload);
  }

  static KeyPair ecKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no P-256", e);
    }
  }

  private static String signed(KeyPair key, JsonNode header, JsonNode payload) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    String text =
        base64.encodeToString(header.toString().getBytes(UTF_8))
            + "."
            + base64.encodeToString(payload.toString().getBytes(UTF_8));
    byte[] signature = signature("SHA256withECDSAinP1363Format", key, text.getBytes(UTF_8));
    return text + "." + base64.encodeToString(signature);
  }

  private static byte[] signature(String algorithm, KeyPair key, byte[] bytes) {
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(key.getPrivate());
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + algorithm, e);
    }
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] certificate(
      long number,
      String issuer,
      String subject,
      Instant from,
      Instant until,
      KeyPair subjectKey,
      KeyPair issuerKey,
      byte[]... extensions) {
    byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
    byte[] content =
        Der.sequence(
            Der.of(0xa0, Der.integer(2)),
            Der.integer(number),
            algorithm,
            Der.name(issuer),
            Der.sequence(Der.time(from), Der.time(until)),
            Der.name(subject),
            subjectKey.getPublic().getEncoded(),
            Der.of(0xa3, Der.sequence(extensions)));
    byte[] signature = signature("SHA256withECDSA", issuerKey, content);
    return Der.sequence(content, algorithm, Der.bits(signature));
  }
}
