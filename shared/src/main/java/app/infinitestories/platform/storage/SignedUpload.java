package app.infinitestories.platform.storage;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** An address that takes one PUT with exactly these headers until it expires. */
public record SignedUpload(URI url, Map<String, String> headers, Instant expiresAt) {}
