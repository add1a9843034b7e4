package app.infinitestories.notifications;

import org.jspecify.annotations.Nullable;

/**
 * A phone that wants to be told.
 *
 * @param fid Firebase installation id; preferred over the token
 * @param token registration token of the older kind
 * @param platform ios, android or web
 * @param language of the push
 */
public record Device(
    String id, @Nullable String fid, @Nullable String token, String platform, String language) {}
