package app.infinitestories.functions.web;

import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, as the token says.
 *
 * @param uid Firebase's id of the account
 * @param email {@code null} where the sign-in provider tells none
 * @param admin whether the account carries the claim {@code role=admin}
 */
public record User(String uid, @Nullable String email, boolean emailVerified, boolean admin) {}
