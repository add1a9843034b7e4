package app.infinitestories.local.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A service account with a fresh key that is worth nothing outside this machine. Written as a key
 * file, it lets production's own credentials code run unchanged.
 */
public final class SampleServiceAccount {
  private final String projectId;
  private final String email;
  private final KeyPair key;

  public SampleServiceAccount(String projectId) {
    this.projectId = projectId;
    this.email = "local-stack@" + projectId + ".iam.gserviceaccount.com";
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.key = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no RSA", e);
    }
  }

  public String email() {
    return email;
  }

  /** Whether this account's key made the signature (RSASSA-PKCS1-v1_5 with SHA-256). */
  public boolean signed(String text, byte[] signature) {
    try {
      var check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key.getPublic());
      check.update(text.getBytes(UTF_8));
      return check.verify(signature);
    } catch (java.security.SignatureException e) {
      return false; // of a wrong length, for example
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no SHA256withRSA", e);
    }
  }

  /**
   * Writes the key file that {@code GOOGLE_APPLICATION_CREDENTIALS} names, readable by its owner.
   */
  public void writeKeyFile(Path file, URI tokenEndpoint) throws IOException {
    var pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    var json =
        new JsonMapper()
            .createObjectNode()
            .put("type", "service_account")
            .put("project_id", projectId)
            .put("private_key_id", keyId())
            .put("private_key", pem)
            .put("client_email", email)
            .put("client_id", "100000000000000000000")
            .put("token_uri", tokenEndpoint.toString());
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.deleteIfExists(file);
    if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, json.toPrettyString());
  }

  private String keyId() {
    byte[] encoded = key.getPublic().getEncoded();
    return HexFormat.of().formatHex(encoded, encoded.length - 25, encoded.length - 5);
  }
}
