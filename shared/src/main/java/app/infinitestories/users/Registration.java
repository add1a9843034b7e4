package app.infinitestories.users;

import org.jspecify.annotations.Nullable;

/**
 * What an app says of a new user.
 *
 * @param guardianConsent true when the guardian agrees that photos and recordings may be used
 */
public record Registration(
    @Nullable String displayName, @Nullable String language, boolean guardianConsent) {}
